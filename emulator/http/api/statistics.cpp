#include "emulator/http/api/statistics.hpp"

#include "common/json.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/core/store.hpp"
#include "emulator/http/call.hpp"
#include "emulator/http/response_stamp.hpp"

namespace iothub::http::api {

result<http_codec::response> registry_statistics(call& c) {
    const core::identity_counts counts = c.hub().identities().count();
    return json_response(200, {{"totalDeviceCount", counts.devices},
                               {"enabledDeviceCount", counts.enabled_devices},
                               {"disabledDeviceCount", counts.devices - counts.enabled_devices}});
}

result<http_codec::response> service_statistics(call& c) {
    return json_response(200, {{"connectedDeviceCount", c.hub().sessions().connected_devices()}});
}

} // namespace iothub::http::api
