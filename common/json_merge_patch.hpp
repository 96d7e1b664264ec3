#pragma once
// JSON merge patch (RFC 7386), the rule by which twins change.

#include "common/json_fwd.hpp"

namespace iothub {

// Objects merge member by member, null removes, everything else replaces. New members are appended,
// members that stay keep their place.
void merge_patch(json& target, const json& patch);

} // namespace iothub
