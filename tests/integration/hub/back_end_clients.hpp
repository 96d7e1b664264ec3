#pragma once
// Clients over AMQP that trust a given hub, for the tests of the whole.

#include <iothub/emulator.hpp>
#include <iothub/event_consumer.hpp>
#include <iothub/service_client.hpp>

#include <string>

namespace iothub::test {

inline iothub::service_client service_of(const iothub::emulator& hub,
                                         const std::string& policy = "service") {
    iothub::service_options options;
    options.ca_pem = hub.ca_pem();
    options.amqps_port = hub.ports().amqps;
    return iothub::service_client::create_from_connection_string(hub.connection_string(policy),
                                                                 options);
}

// With TLS.
inline iothub::event_consumer consumer_of(const iothub::emulator& hub,
                                          const std::string& policy = "service") {
    iothub::event_consumer_options options;
    options.ca_pem = hub.ca_pem();
    options.port = hub.ports().amqps;
    return iothub::event_consumer::create_from_connection_string(hub.connection_string(policy),
                                                                 options);
}

// The Event Hubs connection string of a policy, as SDKs want it for plain AMQP.
inline std::string event_hubs_string(const iothub::emulator& hub,
                                     const std::string& policy = "service") {
    const std::string of_hub = hub.connection_string(policy);
    return "Endpoint=sb://localhost:" + std::to_string(hub.ports().amqp) +
           of_hub.substr(of_hub.find(';')) + ";UseDevelopmentEmulator=true";
}

} // namespace iothub::test
