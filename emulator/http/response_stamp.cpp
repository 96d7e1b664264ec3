#include "emulator/http/response_stamp.hpp"

#include <algorithm>
#include <utility>

#include "common/json_text.hpp"
#include "emulator/core/hub.hpp"

namespace iothub::http {

std::string response_stamp::tracking_id() const {
    std::string id = request_id;
    std::erase(id, '-');
    return id + "-G:0-TimeStamp:" + tracking_time(time);
}

http_codec::response response_stamp::put_on(http_codec::response r) const {
    if (!r.body.empty() && r.headers.find("Content-Type") == nullptr) {
        r.headers.add("Content-Type", "application/json; charset=utf-8");
    }
    r.headers.add("Vary", "Origin");
    r.headers.add("Server", server_name);
    r.headers.add("x-ms-request-id", request_id);
    r.headers.add("Date", http_codec::http_date(time));
    return r;
}

response_stamp make_stamp(core::hub& hub) {
    return {core::make_guid(hub.ids()), hub.time().now()};
}

http_codec::response json_response(int status, const json& document) {
    return {status, {}, to_text(document)};
}

} // namespace iothub::http
