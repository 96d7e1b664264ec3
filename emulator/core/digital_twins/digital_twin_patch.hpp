#pragma once
// JSON Patch (RFC 6902) on a digital twin (service API §1.5; row P02). Used by
// http/api/digital_twins.

#include <cstddef>

#include "common/json_fwd.hpp"
#include "common/result.hpp"

namespace iothub::core {
struct twin;
}

namespace iothub::core::digital_twins {

inline constexpr std::size_t max_patch_operations = 1000;

// The merge patch of desired properties that does what the operations ask for, all or none.
//
// `add` and `replace` set `/property`, `/component/property`, or a whole `/component`, whose value
// bears an empty "$metadata" and which loses the desired properties that are not in it; `remove`
// clears desired values, and a component with its last one.
//
// invalid_digital_twin_json_patch: no array of operations, or one of them is not formed as one.
// invalid_digital_twin_patch_path: a path that is none of those above, or has no DTDL names.
// invalid_digital_twin_payload: a value with null, arrays, over five levels or no DTDL names.
// invalid_digital_twin_patch: the component, or what is to be removed, is not there.
// argument_invalid: the twin has something there that is no component, or is one; or would hold
// what desired properties may not.
result<json> desired_patch_of(const json& operations, const twin& current);

} // namespace iothub::core::digital_twins
