#pragma once
// The bodies of lifecycle and twin-change events (service API §7.6).

#include <string>

#include "common/json_fwd.hpp"

namespace iothub::core {

struct twin;
struct twin_update;

// The twin without what mirrors its identity:
// {"deviceId","moduleId"?,"etag","version","tags"?,"properties":{"desired","reported"}}.
json whole_twin_body(const twin& t);

// What an update brought, with the metadata of that, where `now` is the twin after it:
// {"version":7,"tags":{…},"properties":{"desired":{…,"$metadata":{…},"$version":6}}}. What it took
// away stands there as null.
json twin_update_body(const twin& now, const twin_update& update);

} // namespace iothub::core
