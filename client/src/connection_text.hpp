#pragma once
// Reads a connection string for the public clients, which throw instead of returning a result.

#include <string_view>

#include "common/connection_string.hpp"

namespace iothub::client {

// Throws argument_invalid with a message that repeats no value.
connection_string read_connection_string(std::string_view text);

} // namespace iothub::client
