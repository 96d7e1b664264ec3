#include "client/src/environment.hpp"

#include <cstdlib>

namespace iothub::client {

std::optional<std::string> environment_variable(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? std::optional<std::string>(value) : std::nullopt;
}

} // namespace iothub::client
