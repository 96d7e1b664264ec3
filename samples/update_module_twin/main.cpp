// UpdateModuleTwinReportedProperties: connects as a module, prints its twin, reports when it
// started, answers each change of its desired properties with the time, and sends an event.

#include <chrono>
#include <ctime>
#include <iostream>
#include <string>

#include <nlohmann/json.hpp>

#include <iothub/module_client.hpp>

#include "samples/command_line.hpp"

namespace {

// "2024-05-06T07:08:09Z"
std::string current_time() {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm utc{};
    gmtime_r(&now, &utc);
    char text[sizeof "2024-05-06T07:08:09Z"];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return text;
}

void connection_status_changed(iothub::connection_status status,
                               iothub::connection_status_change_reason reason) {
    std::cout << "Connection Status Changed to " << to_string(status) << "; the reason is "
              << to_string(reason) << std::endl;
}

void desired_property_changed(iothub::module_client& client,
                              const nlohmann::ordered_json& desired) {
    std::cout << "desired property change:" << std::endl;
    std::cout << desired.dump() << std::endl;
    std::cout << "Sending current time as reported property" << std::endl;
    nlohmann::ordered_json reported;
    reported["DateTimeLastDesiredPropertyChangeReceived"] = current_time();
    client.update_reported_properties(reported);
}

void use(iothub::module_client& client) {
    client.set_connection_status_changes_handler(connection_status_changed);
    client.set_desired_property_update_callback([&client](const nlohmann::ordered_json& desired) {
        desired_property_changed(client, desired);
    });

    std::cout << "Retrieving twin" << std::endl;
    std::cout << client.get_twin().properties_text() << std::endl;

    std::cout << "Sending app start time as reported property" << std::endl;
    nlohmann::ordered_json reported;
    reported["DateTimeLastAppLaunch"] = current_time();
    client.update_reported_properties(reported);

    iothub::message event;
    event.body = {0, 1};
    client.send_event(event);
    std::cout << "Event sent to IoT Hub." << std::endl;

    std::cout << "Waiting for Events.  Press enter to exit..." << std::endl;
    std::string line;
    std::getline(std::cin, line);
    client.close();
}

void run(const command_line& arguments) {
    iothub::client_options options;
    options.ca_file = arguments["--ca-file"];
    options.certificate_file = arguments["--x509-cert"];
    options.private_key_file = arguments["--x509-key"];
    options.operation_timeout = std::chrono::seconds(20);
    auto client =
        iothub::module_client::create_from_connection_string(arguments.connection_string, options);
    use(client);
}

const sample program{"update-module-twin",
                     R"usage(usage: update-module-twin [CONNECTION_STRING] [--ca-file FILE]
                          [--x509-cert FILE --x509-key FILE]

The module's connection string is the first argument, or the variable
IOTHUB_MODULE_CONNECTION_STRING; run create-identities first, then:

    export IOTHUB_MODULE_CONNECTION_STRING="$(iothub-emulator connection-string \
        --device myFirstDevice --module myFirstModule)"

or, for a hub in Azure: az iot hub module-identity connection-string show --hub-name NAME \
    --device-id myFirstDevice --module-id myFirstModule

--x509-cert, --x509-key: the module's certificate, with the chain to its authority if any, and its
private key, in PEM; the connection string then ends with x509=true instead of a key.
)usage",
                     "IOTHUB_MODULE_CONNECTION_STRING",
                     {"--ca-file", "--x509-cert", "--x509-key"}};

} // namespace

int main(int argc, char** argv) {
    return run_sample(argc, argv, program, run);
}
