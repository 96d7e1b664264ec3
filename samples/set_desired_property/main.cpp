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

void run(iothub::registry_client& registry, const command_line& arguments) {
    const std::string device = arguments["--device"];
    const std::string module = arguments["--module"];
    if (const std::string name = arguments["--name"]; !name.empty()) {
        nlohmann::ordered_json patch;
        patch["properties"]["desired"][name] = value_of(arguments["--value"]);
        registry.update_module_twin(device, module, patch);
        std::cout << name << " = " << arguments["--value"] << std::endl;
    }
    std::cout << registry.get_module_twin(device, module).document().dump(2) << std::endl;
}

int show_usage() {
    std::cerr << R"usage(usage: set-desired-property [CONNECTION_STRING] --device ID --module ID
                            [--name NAME --value JSON] [--ca-file FILE]

The connection string of a policy that may change twins (service or iothubowner) is the first
argument, or the variable IOTHUB_CONNECTION_STRING:

    export IOTHUB_CONNECTION_STRING="$(iothub-emulator connection-string)"
)usage";
    return 2;
}

} // namespace

int main(int argc, char** argv) {
    const auto arguments =
        read_command_line(argc, argv, "IOTHUB_CONNECTION_STRING",
                          {"--ca-file", "--device", "--module", "--name", "--value"});
    if (!arguments || (*arguments)["--device"].empty() || (*arguments)["--module"].empty()) {
        return show_usage();
    }
    try {
        iothub::registry_options options;
        options.ca_file = (*arguments)["--ca-file"];
        auto registry = iothub::registry_client::create_from_connection_string(
            arguments->connection_string, options);
        run(registry, *arguments);
        return 0;
    } catch (const iothub::hub_error& error) {
        std::cerr << "set-desired-property: " << error.what() << "\n";
        return 1;
    }
}
