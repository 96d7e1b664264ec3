// A back-end app: sets one desired property of a module, which the module is told at once when it
// is connected, and prints the twin as the hub holds it. Without a property it only prints the
// twin.
#include <cstdlib>
#include <exception>
#include <iostream>
#include <iothub/registry_client.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace {

constexpr const char* usage =
    "usage: set-desired-property [--ca-file FILE] DEVICE MODULE [NAME VALUE]\n"
    "  VALUE   JSON: 30, true, {\"a\":1} or null, which removes the property; other text is a "
    "string\n"
    "IOTHUB_CONNECTION_STRING names the hub; `iothub-emulator connection-string` prints it.\n";

iothub::json value_of(const std::string& text) {
    const auto value = iothub::json::parse(text, nullptr, /*allow_exceptions=*/false);
    return value.is_discarded() ? iothub::json(text) : value;
}

} // namespace

int main(int argc, char** argv) {
    std::vector<std::string> arguments(argv + 1, argv + argc);
    iothub::registry_options options;
    if (arguments.size() > 1 && arguments[0] == "--ca-file") {
        options.ca_file = arguments[1];
        arguments.erase(arguments.begin(), arguments.begin() + 2);
    }
    const char* connection_string = std::getenv("IOTHUB_CONNECTION_STRING");
    if (connection_string == nullptr || (arguments.size() != 2 && arguments.size() != 4)) {
        std::cerr << usage;
        return 2;
    }
    const std::string& device = arguments[0];
    const std::string& module = arguments[1];
    try {
        auto registry =
            iothub::registry_client::create_from_connection_string(connection_string, options);
        if (arguments.size() == 4) {
            const iothub::json desired = {{arguments[2], value_of(arguments[3])}};
            registry.update_module_twin(device, module, {{"properties", {{"desired", desired}}}});
            std::cout << arguments[2] << " = " << arguments[3] << '\n';
        }
        std::cout << registry.get_module_twin(device, module).document().dump(2) << '\n';
    } catch (const std::exception& error) {
        std::cerr << "Error in sample: " << error.what() << '\n';
        return 1;
    }
}
