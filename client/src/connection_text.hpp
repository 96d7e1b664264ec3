#pragma once
// Where the public clients get their connection strings from: a text, or the environment of an IoT
// Edge module (device protocol §4). They throw instead of returning a result.

#include <string>
#include <string_view>

#include "client/src/environment.hpp"
#include "common/connection_string.hpp"

namespace iothub::client {

// Throws argument_invalid with a message that repeats no value.
connection_string read_connection_string(std::string_view text);

// EdgeHubConnectionString, or else IotHubConnectionString; an empty variable counts as not set.
// Throws argument_invalid where neither is, saying so of IOTEDGE_WORKLOADURI where that one is.
std::string module_connection_text(const environment& variables = environment_variable);

} // namespace iothub::client
