#pragma once
// A configuration: desired properties, or an IoT Edge deployment, that the hub applies to every
// device meeting a condition. Configuration of the .NET SDK (service API §1.5).

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "iothub/identities.hpp"
#include "iothub/json_value.hpp"

namespace iothub {

// Counts by name: what each counts, and how many there were when the hub last looked.
struct configuration_metrics {
    std::map<std::string, std::string> queries{};
    std::map<std::string, std::int64_t> results{}; // read
};

// A member marked "read" comes from the hub; the hub ignores it in what it is sent.
struct configuration {
    std::string id{}; // 1 to 128 of a-z 0-9 - + % _ * ! '
    std::string schema_version{};
    std::map<std::string, std::string> labels{};

    // One of {"deviceContent":{"properties.desired.x":…}}, {"moduleContent":{…}} and
    // {"modulesContent":{"$edgeAgent":{…},…}}. Fixed when the configuration is added: the hub takes
    // no notice of a change.
    json_value content{};

    // What stands after WHERE ("tags.floor = 1"), "*" for all, empty for none; with moduleContent
    // "FROM devices.modules WHERE …".
    std::string target_condition{};

    int priority = 0;                // the highest wins where two set one property
    configuration_metrics metrics{}; // at most 5, each "SELECT deviceId FROM devices WHERE …"
    configuration_metrics system_metrics{};      // read: targetedCount, appliedCount, …
    std::optional<hub_time> created_time{};      // read
    std::optional<hub_time> last_updated_time{}; // read
    std::string etag{};                          // read; update sends it as the condition
};

// What is wrong with queries; empty: nothing.
struct query_faults {
    std::string target_condition{};
    std::map<std::string, std::string> metrics{};
};

} // namespace iothub
