#include "client/src/connection_text.hpp"

#include <array>

#include "client/src/error_details.hpp"

namespace iothub::client {

namespace {

std::string value_of(const environment& variables, const char* name) {
    return variables(name).value_or("");
}

} // namespace

connection_string read_connection_string(std::string_view text) {
    auto parsed = connection_string::parse(text);
    if (!parsed) {
        throw_argument_invalid(parsed.error().message);
    }
    return *std::move(parsed);
}

std::string module_connection_text(const environment& variables) {
    for (const char* name : std::array{"EdgeHubConnectionString", "IotHubConnectionString"}) {
        std::string text = value_of(variables, name);
        if (!text.empty()) {
            return text;
        }
    }
    if (!value_of(variables, "IOTEDGE_WORKLOADURI").empty()) {
        throw_argument_invalid("IOTEDGE_WORKLOADURI is set, but the workload API of IoT Edge is "
                               "not supported: set EdgeHubConnectionString, and "
                               "EdgeModuleCACertificateFile for the CA to trust");
    }
    throw_argument_invalid("Neither EdgeHubConnectionString nor IotHubConnectionString is set");
}

} // namespace iothub::client
