#pragma once
// What the configurations make of one device and its modules (service API §1.5, evaluation): a
// computation over what was read, without any write. The evaluator carries it out.

#include <map>
#include <string>
#include <vector>

#include "emulator/core/configurations/configuration_rule.hpp"
#include "emulator/core/query/twin_row.hpp"

namespace iothub::core {

// A configuration that targets a twin.
struct placement {
    const configuration_rule* rule = nullptr;
    // What it has for this twin; null where a deployment stands behind a base of a higher rank.
    const desired_settings* settings = nullptr;
    // It stands in no other's shadow altogether.
    bool applied = false;
};

using twin_plan = std::vector<placement>;             // highest rank first
using device_plan = std::map<std::string, twin_plan>; // by module id; the device itself is ""

struct device_rows {
    query::twin_row device;
    std::vector<query::twin_row> modules;
};

// `ranked`: highest first. The plan may name modules that do not exist.
device_plan make_plan(const std::vector<configuration_rule>& ranked, const device_rows& rows);

// The desired properties that a twin with `current` ones is to have.
json planned_values(json current, const twin_plan& plan);

} // namespace iothub::core
