#include "emulator/core/configurations/configuration.hpp"

#include <algorithm>
#include <tuple>

#include "common/base64.hpp"
#include "common/json_text.hpp"
#include "emulator/core/store.hpp"

namespace iothub::core {

namespace {

constexpr std::size_t max_id_length = 128;

bool is_id_character(char c) {
    static constexpr std::string_view punctuation = "-+%_*!'";
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           punctuation.find(c) != punctuation.npos;
}

timestamp from_ticks(const json& count) {
    return never + ticks(count.get<std::int64_t>());
}

} // namespace

std::string etag_text(const configuration& c) {
    return base64_encode(std::to_string(c.etag));
}

bool is_configuration_id(std::string_view id) {
    return !id.empty() && id.size() <= max_id_length && std::ranges::all_of(id, is_id_character);
}

bool outranks(const configuration& one, const configuration& other) {
    return std::tie(one.priority, one.created, one.id) >
           std::tie(other.priority, other.created, other.id);
}

std::string configuration_record(std::string_view id) {
    return std::string(configuration_records).append(id);
}

std::string record_text(const configuration& c) {
    return to_text({{"schemaVersion", c.schema_version ? json(*c.schema_version) : json()},
                    {"labels", c.labels},
                    {"content", c.content},
                    {"targetCondition", c.target_condition},
                    {"priority", c.priority},
                    {"metrics", c.metrics},
                    {"created", dotnet_ticks(c.created)},
                    {"updated", dotnet_ticks(c.updated)},
                    {"etag", c.etag}});
}

configuration read_configuration_record(std::string id, std::string_view text) {
    const auto parsed = parse_json(text);
    if (!parsed) {
        throw store_fault("the configuration '" + id + "' cannot be read");
    }
    const json& kept = *parsed;
    configuration c;
    c.id = std::move(id);
    if (kept.at("schemaVersion").is_string()) {
        c.schema_version = kept.at("schemaVersion").get<std::string>();
    }
    c.labels = kept.at("labels");
    c.content = kept.at("content");
    c.target_condition = kept.at("targetCondition").get<std::string>();
    c.priority = kept.at("priority").get<std::int32_t>();
    c.metrics = kept.at("metrics");
    c.created = from_ticks(kept.at("created"));
    c.updated = from_ticks(kept.at("updated"));
    c.etag = kept.at("etag").get<std::uint64_t>();
    return c;
}

} // namespace iothub::core
