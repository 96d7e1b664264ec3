#include "emulator/session/error_body.hpp"

#include <algorithm>

#include "common/json.hpp"
#include "common/json_text.hpp"

namespace iothub::session {

std::string make_tracking_id(core::hub& hub) {
    std::string id = core::make_guid(hub.ids());
    std::erase(id, '-');
    return id + "-G:0-TimeStamp:" + tracking_time(hub.time().now());
}

std::string error_body(core::hub& hub, const error& reason) {
    return error_body(hub, reason, make_tracking_id(hub));
}

std::string error_body(core::hub& hub, const error& reason, const std::string& tracking_id) {
    return to_text(json{{"errorCode", number(reason.code)},
                        {"trackingId", tracking_id},
                        {"message", reason.message},
                        {"timestampUtc", iso_8601(hub.time().now())}});
}

} // namespace iothub::session
