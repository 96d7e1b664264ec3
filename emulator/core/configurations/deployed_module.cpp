#include "emulator/core/configurations/deployed_module.hpp"

#include <utility>
#include <vector>

#include "emulator/core/registry/identity_registry.hpp"
#include "emulator/core/twins/twin_service.hpp"

namespace iothub::core {

namespace {

using module_change = std::pair<identity_key, twin_change>;

// The write of one module's twin, checked; an empty patch where it has all that is set.
result<module_change> plan_change(twin_service& twins, const identity_key& key,
                                  const desired_settings& settings) {
    const auto current = twins.get(key);
    if (!current) {
        return current.error();
    }
    json values = current->desired.values;
    for (const desired_setting& setting : settings) {
        put_at(values, setting.path, setting.value);
    }
    twin_change change;
    change.desired = difference(current->desired.values, values);
    if (const auto valid = twins.check_patch(key, change, precondition()); !valid) {
        return valid.error();
    }
    return module_change{key, std::move(change)};
}

result<> check_device(identity_registry& identities, const std::string& device_id) {
    const auto device = identities.get({device_id, {}});
    if (!device) {
        return device.error();
    }
    return device->iot_edge
               ? result<>()
               : error{errc::argument_invalid, "The device is no Azure IoT Edge device."};
}

} // namespace

result<> make_deployed_module(identity_registry& identities, const identity_key& key) {
    identity_request request;
    request.key = key;
    request.managed_by = "iotEdge";
    const auto made = identities.put(request, precondition());
    return made ? result<>() : made.error();
}

result<> apply_deployment(identity_registry& identities, twin_service& twins,
                          const configuration_content& deployment, const std::string& device_id) {
    if (const auto fit = check_device(identities, device_id); !fit) {
        return fit;
    }
    std::vector<module_change> changes;
    for (const auto& [module, settings] : deployment.settings) {
        const identity_key key{device_id, module};
        if (!identities.get(key)) {
            if (const auto made = make_deployed_module(identities, key); !made) {
                return made;
            }
        }
        auto change = plan_change(twins, key, settings);
        if (!change) {
            return change.error();
        }
        changes.push_back(*std::move(change));
    }
    for (const auto& [key, change] : changes) {
        if (!change.desired->empty()) {
            static_cast<void>(twins.patch(key, change, precondition()));
        }
    }
    return {};
}

} // namespace iothub::core
