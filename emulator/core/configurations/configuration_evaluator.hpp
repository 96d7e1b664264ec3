#pragma once
// Brings one device and its modules to what the configurations say (service API §1.5, evaluation;
// rows G02, G03): an ordinary write of desired properties where they differ, `configurations` in
// the twins, and the counts. configuration_service says which device, and when.

#include <string>
#include <vector>

#include "common/result.hpp"
#include "emulator/core/configurations/configuration_counts.hpp"
#include "emulator/core/configurations/configuration_rule.hpp"
#include "emulator/core/configurations/evaluated_device.hpp"

namespace iothub::core {

class identity_registry;
class store;
class twin_service;

class configuration_evaluator {
public:
    configuration_evaluator(core::store& store, identity_registry& identities, twin_service& twins)
        : store_(store)
        , identities_(identities)
        , twins_(twins)
        , counts_(store)
        , devices_(store) {}

    // `ranked`: all configurations, highest first. Nothing happens where the device does not exist,
    // or where all is as the last evaluation left it. Throws store_fault.
    void evaluate(const std::vector<configuration_rule>& ranked, const std::string& device_id);

    // The device is gone: it counts no more.
    void forget(const std::vector<configuration_rule>& ranked, const std::string& device_id);

    configuration_counts& counts() { return counts_; }
    evaluated_devices& devices() { return devices_; }

private:
    class visit;

    core::store& store_;
    identity_registry& identities_;
    twin_service& twins_;
    configuration_counts counts_;
    evaluated_devices devices_;
};

} // namespace iothub::core
