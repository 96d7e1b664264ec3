#pragma once
// Configurations as lines of an export or import file (service API §1.5, JobProperties: members in
// PascalCase). The hub hands both functions to core/transfers.

#include <vector>

#include "common/json_fwd.hpp"
#include "common/result.hpp"

namespace iothub::core {

class configuration_service;

std::vector<json> configuration_lines(configuration_service& service);

// Creates the configuration, or updates it where it exists. The errors of the service's put().
result<> import_configuration_line(configuration_service& service, const json& line);

} // namespace iothub::core
