#include "emulator/core/configurations/configuration_counts.hpp"

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/core/store.hpp"

namespace iothub::core {

namespace {

constexpr std::string_view records = "configuration-counts/";

std::string record(const std::string& id) {
    return std::string(records) + id;
}

// Shares are never more than the whole; unsigned arithmetic comes out right.
std::uint64_t moved(std::uint64_t whole, std::uint64_t before, std::uint64_t now) {
    return whole - before + now;
}

} // namespace

std::optional<evaluation_counts> configuration_counts::find(const std::string& id) {
    const kept found = read(id);
    return found.complete ? std::optional(found.counts) : std::nullopt;
}

void configuration_counts::move(const std::string& id, const evaluation_counts& before,
                                const evaluation_counts& now) {
    if (before == now) {
        return;
    }
    kept k = read(id);
    k.counts = {moved(k.counts.targeted, before.targeted, now.targeted),
                moved(k.counts.applied, before.applied, now.applied),
                moved(k.counts.succeeded, before.succeeded, now.succeeded),
                moved(k.counts.failed, before.failed, now.failed)};
    write(id, k);
}

void configuration_counts::complete(const std::string& id) {
    kept k = read(id);
    if (!k.complete) {
        k.complete = true;
        write(id, k);
    }
}

void configuration_counts::forget(const std::string& id) {
    store_.remove_record(record(id));
}

void configuration_counts::clear() {
    store_.remove_records(records);
}

configuration_counts::kept configuration_counts::read(const std::string& id) {
    const auto text = store_.find_record(record(id));
    if (!text) {
        return {};
    }
    const auto parsed = parse_json(*text);
    if (!parsed) {
        throw store_fault("the counts of the configuration '" + id + "' cannot be read");
    }
    const json& list = *parsed;
    return {list[0].get<bool>(),
            {list[1].get<std::uint64_t>(), list[2].get<std::uint64_t>(),
             list[3].get<std::uint64_t>(), list[4].get<std::uint64_t>()}};
}

void configuration_counts::write(const std::string& id, const kept& value) {
    const evaluation_counts& n = value.counts;
    store_.put_record(record(id), to_text(json::array({value.complete, n.targeted, n.applied,
                                                       n.succeeded, n.failed})));
}

} // namespace iothub::core
