#pragma once
// What the last evaluation of a device did: which configurations, as they were then, were put on
// its twins. What is as it was then is left alone, so a back end may change what was applied until
// something of it is evaluated anew. A record of the store, one a device that is targeted.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "emulator/core/configurations/configuration_counts.hpp"

namespace iothub::core {

class store;
struct configuration;

// A configuration as it was; one that was made anew under its id is another.
struct configuration_version {
    std::int64_t created = 0; // ticks
    std::uint64_t etag = 0;

    bool operator==(const configuration_version&) const = default;
};

configuration_version version_of(const configuration& c);

struct placement_mark {
    configuration_version version;
    bool applied = false;

    bool operator==(const placement_mark&) const = default;
};

using placement_marks = std::map<std::string, placement_mark>; // by configuration

struct evaluated_device {
    struct share {
        std::int64_t created = 0; // of the configuration, in ticks
        evaluation_counts counts;

        bool operator==(const share&) const = default;
    };

    std::map<std::string, placement_marks> twins; // by module id; the device itself is ""
    std::map<std::string, share> shares;          // in the counts of each configuration

    bool operator==(const evaluated_device&) const = default;
};

class evaluated_devices {
public:
    explicit evaluated_devices(core::store& store)
        : store_(store) {}

    evaluated_device find(std::string_view device_id); // an empty one where there is none
    void keep(std::string_view device_id, const evaluated_device& value);
    bool any();
    void clear();

private:
    core::store& store_;
};

} // namespace iothub::core
