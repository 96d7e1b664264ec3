#pragma once
// A configuration of automatic device management, or an IoT Edge deployment (service API §1.5; row
// G01): which twins are to have which desired properties. Kept as a record of the store.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/core/twins/twin.hpp"

namespace iothub::core {

struct configuration {
    std::string id;
    std::optional<std::string> schema_version;
    json labels;                   // an object of strings, or null
    json content = json::object(); // {"deviceContent":{…}}: of the three kinds, one
    std::string target_condition;  // "*": all; empty: none
    std::int32_t priority = 0;
    json metrics = json::object(); // custom queries by name

    // Of the hub's making.
    timestamp created = never;
    timestamp updated = never;
    std::uint64_t etag = 1; // one more with each write

    bool operator==(const configuration&) const = default;
};

// "MQ==": base64 of the counter in decimal.
std::string etag_text(const configuration& c);

// 1–128 characters of a-z 0-9 and - + % _ * ! '
bool is_configuration_id(std::string_view id);

// The one that wins where two set one property: the higher priority, then the later creation.
bool outranks(const configuration& one, const configuration& other);

inline constexpr std::string_view configuration_records = "configurations/";

std::string configuration_record(std::string_view id);
std::string record_text(const configuration& c);
configuration read_configuration_record(std::string id, std::string_view text); // store_fault

} // namespace iothub::core
