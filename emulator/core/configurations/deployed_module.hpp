#pragma once
// Modules of IoT Edge devices as deployments write them, whether by a configuration or at once
// (service API §1.5, applyConfigurationContent; row G03).

#include <string>

#include "common/identity_key.hpp"
#include "common/result.hpp"
#include "emulator/core/configurations/configuration_content.hpp"

namespace iothub::core {

class identity_registry;
class twin_service;

// With keys of its own, managed by "iotEdge". The errors of identity_registry::put.
result<> make_deployed_module(identity_registry& identities, const identity_key& key);

// Sets what the deployment says on the twins of its modules, once and for all; modules that are
// missing are made. device_not_found; argument_invalid where the device is no IoT Edge device, or
// where a twin would break a rule; too_many_modules. No twin is written then.
result<> apply_deployment(identity_registry& identities, twin_service& twins,
                          const configuration_content& deployment, const std::string& device_id);

} // namespace iothub::core
