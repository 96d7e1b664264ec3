// CreateIdentities: adds a device and a module of it to the identity registry and prints their
// primary keys. A second run finds both and prints the same keys. With --x509, the module is one
// that has a certificate instead of a key.

#include <algorithm>
#include <iostream>
#include <string>

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

// "ca", or a thumbprint as `openssl x509 -fingerprint` prints it.
iothub::authentication_mechanism authentication_by(std::string x509) {
    iothub::authentication_mechanism how;
    if (x509 == "ca") {
        how.type = iothub::authentication_type::certificate_authority;
    } else if (!x509.empty()) {
        std::erase(x509, ':');
        how.type = iothub::authentication_type::self_signed;
        how.x509_thumbprint.primary_thumbprint = x509;
    }
    return how;
}

void add_module(iothub::registry_client& registry, const std::string& x509) {
    iothub::module_identity identity;
    identity.device_id = device_id;
    identity.module_id = module_id;
    identity.authentication = authentication_by(x509);
    try {
        identity = registry.add_module(identity);
    } catch (const iothub::module_already_exists&) {
        identity = registry.get_module(device_id, module_id);
    }
    if (identity.authentication.type == iothub::authentication_type::sas) {
        std::cout << "Generated module key: " << identity.authentication.symmetric_key.primary_key
                  << std::endl;
    } else {
        std::cout << "The module authenticates with a certificate" << std::endl;
    }
}

void run(const command_line& arguments) {
    iothub::registry_options options;
    options.ca_file = arguments["--ca-file"];
    auto registry = iothub::registry_client::create_from_connection_string(
        arguments.connection_string, options);
    add_device(registry);
    add_module(registry, arguments["--x509"]);
}

const sample program{
    "create-identities",
    R"usage(usage: create-identities [CONNECTION_STRING] [--ca-file FILE] [--x509 THUMBPRINT|ca]

The connection string of a policy that may write to the registry (registryReadWrite or iothubowner)
is the first argument, or the variable IOTHUB_CONNECTION_STRING:

    export IOTHUB_CONNECTION_STRING="$(iothub-emulator connection-string)"

or, for a hub in Azure: az iot hub connection-string show --policy-name iothubowner --hub-name NAME

--x509: the module has a certificate with the common name myFirstDevice/myFirstModule: the one of
that SHA-1 or SHA-256 thumbprint, or one that a certificate authority of the hub (ca) has signed.
)usage",
    "IOTHUB_CONNECTION_STRING",
    {"--ca-file", "--x509"}};

} // namespace

int main(int argc, char** argv) {
    return run_sample(argc, argv, program, run);
}
