#pragma once
// The difference of two twin sections as a merge patch (RFC 7386), for a change that happened while
// the client was offline.

#include "common/json_fwd.hpp"

namespace iothub::client {

// merge_patch(before, patch) gives `after`; what was removed is null in the patch.
json difference(const json& before, const json& after);

} // namespace iothub::client
