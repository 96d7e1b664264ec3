#pragma once
// Twin documents as a back end sees and writes them (service API §3.1, §3.3).

#include "common/json_fwd.hpp"
#include "common/result.hpp"
#include "emulator/core/registry/identity.hpp"
#include "emulator/core/twins/twin.hpp"
#include "emulator/core/twins/twin_service.hpp"

namespace iothub::core {

class twin_parts;

// `owner` is the identity the twin belongs to.
json twin_document(const twin& t, const identity& owner);
json twin_document(const twin_parts& parts);

// `tags` and `properties.desired` of an object; everything else is ignored. argument_invalid where
// one of them is neither an object nor null.
result<twin_change> read_twin_change(const json& document);

} // namespace iothub::core
