#include <algorithm>
#include <functional>
#include <ranges>
#include <vector>

#include "common/json.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/management/api/handlers.hpp"
#include "emulator/management/call.hpp"
#include "emulator/management/responses.hpp"

namespace iothub::management::api {

namespace {

constexpr std::size_t max_connections = 10'000; // in one answer
constexpr std::size_t max_named = 100;

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

using records = std::vector<core::connection_record>;

// What a request asks for.
struct wanted_connections {
    std::vector<std::string> devices; // none: of any
    const std::string* module = nullptr;
    bool refused = false;
    std::size_t limit = max_connections;

    bool admits(const core::connection_record& r) const {
        return (devices.empty() || std::ranges::find(devices, r.key.device_id) != devices.end()) &&
               (module == nullptr || r.key.module_id == *module) &&
               (!refused || r.refused_at != never);
    }
};

result<wanted_connections> read_wanted(const call& c) {
    wanted_connections wanted;
    for (const property& p : c.query()) {
        if (p.key == "device") {
            wanted.devices.push_back(p.value.value_or(""));
        }
    }
    if (wanted.devices.size() > max_named) {
        return error{errc::argument_invalid, "device: at most 100 can be named."};
    }
    const auto limit = c.number("limit", {1, max_connections});
    if (!limit) {
        return limit.error();
    }
    wanted.module = c.find("module");
    wanted.refused = c.find("refused") != nullptr;
    wanted.limit = limit->value_or(max_connections);
    return wanted;
}

// Those of named identities are not looked for among all.
records named_records(const core::connection_journal& journal, const wanted_connections& wanted) {
    records found;
    for (const std::string& device : wanted.devices) {
        if (auto one = journal.find({device, *wanted.module}); one && wanted.admits(*one)) {
            found.push_back(*std::move(one));
        }
    }
    return found;
}

records find_records(const core::connection_journal& journal, const wanted_connections& wanted) {
    if (!wanted.devices.empty() && wanted.module != nullptr) {
        return named_records(journal, wanted);
    }
    records all = journal.records();
    std::erase_if(all, [&](const core::connection_record& r) { return !wanted.admits(r); });
    return all;
}

} // namespace

result<response> connections(call& c) {
    const auto wanted = read_wanted(c);
    if (!wanted) {
        return wanted.error();
    }
    records found = find_records(c.hub().sessions().journal(), *wanted);
    if (wanted->refused) {
        std::ranges::sort(found, std::ranges::greater(), &core::connection_record::refused_at);
    }
    json list = json::array();
    for (const core::connection_record& r : found | std::views::take(wanted->limit)) {
        list.push_back(connection_document(r));
    }
    return json_page(200, {{"connections", std::move(list)}, {"total", found.size()}});
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
