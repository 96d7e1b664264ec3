#include "emulator/core/configurations/evaluated_device.hpp"

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/core/configurations/configuration.hpp"
#include "emulator/core/store.hpp"

namespace iothub::core {

namespace {

constexpr std::string_view records = "configured/";

std::string record(std::string_view device_id) {
    return std::string(records).append(device_id);
}

json describe(const placement_marks& marks) {
    json all = json::object();
    for (const auto& [id, mark] : marks) {
        all[id] = json::array({mark.version.created, mark.version.etag, mark.applied});
    }
    return all;
}

json describe(const evaluated_device::share& s) {
    return json::array(
        {s.created, s.counts.targeted, s.counts.applied, s.counts.succeeded, s.counts.failed});
}

placement_mark read_mark(const json& list) {
    return {{list.at(0).get<std::int64_t>(), list.at(1).get<std::uint64_t>()},
            list.at(2).get<bool>()};
}

evaluated_device::share read_share(const json& list) {
    return {list.at(0).get<std::int64_t>(),
            {list.at(1).get<std::uint64_t>(), list.at(2).get<std::uint64_t>(),
             list.at(3).get<std::uint64_t>(), list.at(4).get<std::uint64_t>()}};
}

} // namespace

configuration_version version_of(const configuration& c) {
    return {dotnet_ticks(c.created), c.etag};
}

evaluated_device evaluated_devices::find(std::string_view device_id) {
    evaluated_device found;
    const auto text = store_.find_record(record(device_id));
    if (!text) {
        return found;
    }
    const auto parsed = parse_json(*text);
    if (!parsed) {
        throw store_fault("a record of evaluated configurations cannot be read");
    }
    const json& kept = *parsed;
    for (const auto& [module, marks] : kept.at("twins").items()) {
        for (const auto& [id, mark] : marks.items()) {
            found.twins[module][id] = read_mark(mark);
        }
    }
    for (const auto& [id, share] : kept.at("shares").items()) {
        found.shares[id] = read_share(share);
    }
    return found;
}

void evaluated_devices::keep(std::string_view device_id, const evaluated_device& value) {
    if (value == evaluated_device()) {
        store_.remove_record(record(device_id));
        return;
    }
    json kept{{"twins", json::object()}, {"shares", json::object()}};
    for (const auto& [module, marks] : value.twins) {
        kept["twins"][module] = describe(marks);
    }
    for (const auto& [id, share] : value.shares) {
        kept["shares"][id] = describe(share);
    }
    store_.put_record(record(device_id), to_text(kept));
}

bool evaluated_devices::any() {
    return !store_.list_records(records, {}, 1).empty();
}

void evaluated_devices::clear() {
    store_.remove_records(records);
}

} // namespace iothub::core
