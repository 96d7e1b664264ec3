// A back-end app: sets one desired property of a module, which the module is told at once when it
// is connected, and prints the twin as the hub holds it. Without a property it only prints the
// twin.

#include <iostream>
#include <string>

#include <nlohmann/json.hpp>

#include <iothub/registry_client.hpp>

#include "samples/command_line.hpp"

namespace {

// JSON, or the text itself where it is none: 5, true, "5", {"a":1}, warm.
nlohmann::ordered_json value_of(const std::string& text) {
    auto value = nlohmann::ordered_json::parse(text, nullptr, /*allow_exceptions=*/false);
    return value.is_discarded() ? nlohmann::ordered_json(text) : value;
}

void require(const command_line& arguments, const std::string& option) {
    if (arguments[option].empty()) {
        throw wrong_usage("no " + option);
    }
}

void set_desired(iothub::registry_client& registry, const command_line& arguments) {
    nlohmann::ordered_json patch;
    patch["properties"]["desired"][arguments["--name"]] = value_of(arguments["--value"]);
    registry.update_module_twin(arguments["--device"], arguments["--module"], patch);
    std::cout << arguments["--name"] << " = " << arguments["--value"] << std::endl;
}

void run(const command_line& arguments) {
    require(arguments, "--device");
    require(arguments, "--module");
    if (arguments.options.contains("--name") != arguments.options.contains("--value")) {
        throw wrong_usage("--name and --value go together");
    }
    iothub::registry_options options;
    options.ca_file = arguments["--ca-file"];
    auto registry = iothub::registry_client::create_from_connection_string(
        arguments.connection_string, options);
    if (arguments.options.contains("--name")) {
        set_desired(registry, arguments);
    }
    const auto twin = registry.get_module_twin(arguments["--device"], arguments["--module"]);
    std::cout << twin.document().dump(2) << std::endl;
}

const sample program{"set-desired-property",
                     R"usage(usage: set-desired-property [CONNECTION_STRING] --device ID --module ID
                            [--name NAME --value JSON] [--ca-file FILE]

The connection string of a policy that may change twins (service or iothubowner) is the first
argument, or the variable IOTHUB_CONNECTION_STRING:

    export IOTHUB_CONNECTION_STRING="$(iothub-emulator connection-string)"
)usage",
                     "IOTHUB_CONNECTION_STRING",
                     {"--ca-file", "--device", "--module", "--name", "--value"}};

} // namespace

int main(int argc, char** argv) {
    return run_sample(argc, argv, program, run);
}
