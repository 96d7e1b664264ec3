#include <algorithm>

#include "common/json.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/management/api/handlers.hpp"
#include "emulator/management/call.hpp"
#include "emulator/management/responses.hpp"

namespace iothub::management::api {

namespace {

json time_or_null(timestamp time) {
    return time == never ? json(nullptr) : json(iso_8601(time));
}

json text_or_null(const std::string& text) {
    return text.empty() ? json(nullptr) : json(text);
}

json connection_document(const core::connection_record& r) {
    json document = {{"deviceId", r.key.device_id}};
    if (r.key.is_module()) {
        document["moduleId"] = r.key.module_id;
    }
    document["connected"] = r.connected;
    document["transport"] = text_or_null(r.origin.transport);
    document["address"] = text_or_null(r.origin.address);
    document["connectedTime"] = time_or_null(r.connected_since);
    document["disconnectedTime"] = time_or_null(r.disconnected_at);
    document["disconnectReason"] = text_or_null(r.disconnect_reason);
    document["refusedTime"] = time_or_null(r.refused_at);
    document["refusalReason"] = text_or_null(r.refusal_reason);
    return document;
}

} // namespace

result<response> connections(call& c) {
    const std::string* device = c.find("device");
    const std::string* module = c.find("module");
    json list = json::array();
    for (const core::connection_record& r : c.hub().sessions().journal().records()) {
        if ((device == nullptr || r.key.device_id == *device) &&
            (module == nullptr || r.key.module_id == *module)) {
            list.push_back(connection_document(r));
        }
    }
    return json_page(200, {{"connections", std::move(list)}});
}

result<response> disconnect(call& c) {
    const auto key = c.identity();
    if (!key) {
        return key.error();
    }
    if (c.hub().sessions().disconnect(*key, forced_disconnect()) == 0) {
        return error{errc::device_not_online, "It is not connected."};
    }
    return http_codec::no_content();
}

} // namespace iothub::management::api
