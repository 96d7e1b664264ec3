#include "emulator/http/api/message_queues.hpp"

#include "common/json.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/http/call.hpp"
#include "emulator/http/response_stamp.hpp"

namespace iothub::http::api {

result<http_codec::response> purge_queue(call& c) {
    const auto owner = c.hub().identities().get(c.key());
    if (!owner) {
        return owner.error();
    }
    return json_response(200, {{"deviceId", c.key().device_id},
                               {"moduleId", nullptr},
                               {"totalMessagesPurged", c.hub().c2d().purge(c.key())}});
}

} // namespace iothub::http::api
