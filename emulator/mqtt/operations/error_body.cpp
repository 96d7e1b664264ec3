#include "emulator/mqtt/operations/error_body.hpp"

#include <algorithm>

#include "common/json.hpp"
#include "common/json_text.hpp"

namespace iothub::mqtt {

namespace {

std::string tracking_id(core::hub& hub) {
    std::string id = core::make_guid(hub.ids());
    std::erase(id, '-');
    return id + "-G:0-TimeStamp:" + tracking_time(hub.time().now());
}

} // namespace

std::string error_body(core::hub& hub, const error& reason) {
    return to_text(json{{"errorCode", number(reason.code)},
                        {"trackingId", tracking_id(hub)},
                        {"message", reason.message},
                        {"timestampUtc", iso_8601(hub.time().now())}});
}

} // namespace iothub::mqtt
