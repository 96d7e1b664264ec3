#pragma once
// The variables that configure clients (device protocol §4). A function, so that tests set none.

#include <functional>
#include <optional>
#include <string>

namespace iothub::client {

// The value of an environment variable, nothing where it is not set.
using environment = std::function<std::optional<std::string>(const char* name)>;

// The process's own.
std::optional<std::string> environment_variable(const char* name);

} // namespace iothub::client
