#pragma once
// C++ clients that trust a given hub, for the tests of the whole.

#include <iothub/device_client.hpp>
#include <iothub/emulator.hpp>
#include <iothub/module_client.hpp>
#include <iothub/registry_client.hpp>

#include <string>

namespace iothub::test {

inline iothub::client_options trusting(iothub::emulator& hub) {
    iothub::client_options options;
    options.ca_pem = hub.ca_pem();
    options.operation_timeout = std::chrono::seconds(20);
    options.retry.initial_delay = std::chrono::milliseconds(20);
    options.retry.max_delay = std::chrono::milliseconds(200);
    return options;
}

inline iothub::device_client connect_device(iothub::emulator& hub, const std::string& device) {
    return iothub::device_client::create_from_connection_string(
        hub.device_connection_string(device), trusting(hub));
}

inline iothub::module_client connect_module(iothub::emulator& hub, const std::string& device,
                                            const std::string& module) {
    return iothub::module_client::create_from_connection_string(
        hub.module_connection_string(device, module), trusting(hub));
}

inline iothub::registry_client registry_of(iothub::emulator& hub) {
    iothub::registry_options options;
    options.ca_pem = hub.ca_pem();
    return iothub::registry_client::create_from_connection_string(hub.connection_string(), options);
}

} // namespace iothub::test
