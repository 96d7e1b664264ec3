// CreateIdentities: adds a device and a module of it to the identity registry and prints their
// primary keys. A second run finds both and prints the same keys.

#include <iostream>

#include <iothub/registry_client.hpp>

#include "samples/command_line.hpp"

namespace {

constexpr const char* device_id = "myFirstDevice";
constexpr const char* module_id = "myFirstModule";

void add_device(iothub::registry_client& registry) {
    iothub::device_identity device;
    device.device_id = device_id;
    try {
        device = registry.add_device(device);
    } catch (const iothub::device_already_exists&) {
        device = registry.get_device(device_id);
    }
    std::cout << "Generated device key: " << device.authentication.symmetric_key.primary_key
              << std::endl;
}

void add_module(iothub::registry_client& registry) {
    iothub::module_identity identity;
    identity.device_id = device_id;
    identity.module_id = module_id;
    try {
        identity = registry.add_module(identity);
    } catch (const iothub::module_already_exists&) {
        identity = registry.get_module(device_id, module_id);
    }
    std::cout << "Generated module key: " << identity.authentication.symmetric_key.primary_key
              << std::endl;
}

void run(const command_line& arguments) {
    iothub::registry_options options;
    options.ca_file = arguments["--ca-file"];
    auto registry = iothub::registry_client::create_from_connection_string(
        arguments.connection_string, options);
    add_device(registry);
    add_module(registry);
}

const sample program{"create-identities",
                     R"usage(usage: create-identities [CONNECTION_STRING] [--ca-file FILE]

The connection string of a policy that may write to the registry (registryReadWrite or iothubowner)
is the first argument, or the variable IOTHUB_CONNECTION_STRING:

    export IOTHUB_CONNECTION_STRING="$(iothub-emulator connection-string)"

or, for a hub in Azure: az iot hub connection-string show --policy-name iothubowner --hub-name NAME
)usage",
                     "IOTHUB_CONNECTION_STRING",
                     {"--ca-file"}};

} // namespace

int main(int argc, char** argv) {
    return run_sample(argc, argv, program, run);
}
