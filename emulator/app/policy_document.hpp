#pragma once
// `policies` of the configuration file (docs/configuration.md): the shared access policies that the
// hub has instead of the published ones. Called by config_file.

#include <vector>

#include "emulator/app/config_members.hpp"
#include "emulator/core/security/access_policy.hpp"

namespace iothub::app {

// At least one policy, each with a name of its own, both keys and a permission.
fault read_policies(const json& value, std::vector<core::access_policy>& target);

} // namespace iothub::app
