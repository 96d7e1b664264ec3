#pragma once
// An MQTT 3.1.1 connection over TLS. Scenarios derive from it and hear of what the server sends.

#include <cstdint>
#include <string>
#include <string_view>

#include "bench/wire/tls_client.hpp"

namespace iothub::bench {

struct mqtt_login {
    std::string client_id;
    std::string user_name;
    std::string password;
};

class mqtt_client : public tls_client {
public:
    mqtt_client(reactor& loop, std::uint16_t port, const mqtt_login& who);
    mqtt_client(reactor& loop, tcp_socket socket, const mqtt_login& who);

    // At QoS 0; the answer is subscribed().
    void subscribe(const std::string& filter);

    // A packet that support/mqtt_packets.hpp made with number 0, under another number.
    void publish(std::string_view packet, std::size_t number_at, std::uint16_t number);

protected:
    // A refusal is a std::runtime_error.
    virtual void accepted() = 0;
    virtual void subscribed() {}
    virtual void acknowledged(std::uint16_t /*number*/) {}
    virtual void message(std::string_view /*topic*/, std::string_view /*payload*/) {}

private:
    void secured() final {}
    std::size_t take(std::string_view bytes) final;
    void handle(unsigned char first, std::string_view body);
};

} // namespace iothub::bench
