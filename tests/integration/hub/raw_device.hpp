#pragma once
// A device that speaks MQTT over TLS packet by packet, and lets itself in with a policy's token.

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "common/connection_string.hpp"
#include "common/sas_token.hpp"
#include "integration/hub/blocking_socket.hpp"
#include "support/mqtt_packets.hpp"

namespace iothub::test {

// A token of the policy in that connection string, with which every device is let in.
inline std::string token_for_all(const std::string& policy) {
    const auto parsed = connection_string::parse(policy).value();
    return make_sas_token("localhost", parsed.shared_access_key, timestamp::max(),
                          parsed.shared_access_key_name)
        .value();
}

inline std::string connect_packet(const std::string& device, const std::string& token) {
    packet::connect_fields hello;
    hello.client_id = device;
    hello.user_name = "localhost/" + device + "/?api-version=2021-04-12";
    hello.password = token;
    hello.keep_alive = 0;
    return packet::connect(hello);
}

// A topic that no hub knows, with what no log should show: control characters, a second line, and
// a token.
inline constexpr std::string_view odd_topic =
    "x/\x1b[2J\r\nforged line/SharedAccessSignature sr=a&sig=TOPSECRET";

// Publishes to that topic, and waits until the hub has ended the connection for it.
inline void publish_to_odd_topic(std::uint16_t port, const std::string& device,
                                 const std::string& token) {
    const tls_client_context context;
    blocking_socket connection(port, context);
    if (!connection.send(connect_packet(device, token)) ||
        !connection.receives(packet::connack(0))) {
        throw std::runtime_error("the device is not let in");
    }
    connection.send(packet::publish(odd_topic, "body"));
    if (connection.receives("?")) {
        throw std::runtime_error("the connection was not ended");
    }
}

} // namespace iothub::test
