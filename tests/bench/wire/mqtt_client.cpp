#include "bench/wire/mqtt_client.hpp"

#include <stdexcept>

#include "support/mqtt_packets.hpp"

namespace iothub::bench {

namespace packet = iothub::test::packet;

namespace {

std::string connect_packet(const mqtt_login& who) {
    packet::connect_fields fields;
    fields.client_id = who.client_id;
    fields.user_name = who.user_name;
    fields.password = who.password;
    fields.keep_alive = 1000;
    fields.extra_flags = 0x02; // clean session
    return packet::connect(fields);
}

std::uint16_t number_at(std::string_view bytes, std::size_t place) {
    return static_cast<std::uint16_t>(static_cast<unsigned char>(bytes[place]) << 8 |
                                      static_cast<unsigned char>(bytes[place + 1]));
}

// Bytes of the header and the body that follows; nothing of both where more has to come.
struct extent {
    std::size_t header = 0;
    std::size_t body = 0;
};

extent measure(std::string_view bytes) {
    std::size_t length = 0;
    for (std::size_t i = 1; i < bytes.size() && i < 5; ++i) {
        const auto digit = static_cast<unsigned char>(bytes[i]);
        length |= static_cast<std::size_t>(digit & 127) << (7 * (i - 1));
        if (digit < 128) {
            return bytes.size() >= i + 1 + length ? extent{i + 1, length} : extent{};
        }
    }
    return {};
}

} // namespace

mqtt_client::mqtt_client(reactor& loop, std::uint16_t port, const mqtt_login& who)
    : mqtt_client(loop, tcp_socket::connect(port), who) {}

mqtt_client::mqtt_client(reactor& loop, tcp_socket socket, const mqtt_login& who)
    : tls_client(loop, std::move(socket)) {
    output() = connect_packet(who);
}

void mqtt_client::subscribe(const std::string& filter) {
    output() += packet::subscribe(1, {{filter, 0}});
}

void mqtt_client::publish(std::string_view bytes, std::size_t place, std::uint16_t number) {
    const std::size_t at = output().size() + place;
    output() += bytes;
    output()[at] = static_cast<char>(number >> 8);
    output()[at + 1] = static_cast<char>(number & 255);
}

std::size_t mqtt_client::take(std::string_view bytes) {
    std::size_t taken = 0;
    for (;;) {
        const std::string_view rest = bytes.substr(taken);
        const extent size = measure(rest);
        if (size.header == 0) {
            return taken;
        }
        handle(static_cast<unsigned char>(rest[0]), rest.substr(size.header, size.body));
        taken += size.header + size.body;
    }
}

void mqtt_client::handle(unsigned char first, std::string_view body) {
    switch (first >> 4) {
    case 2: // CONNACK
        if (body.at(1) != 0) {
            throw std::runtime_error("the server refuses the connection");
        }
        return accepted();
    case 3: { // PUBLISH at QoS 0
        const std::size_t topic = number_at(body, 0);
        return message(body.substr(2, topic), body.substr(2 + topic));
    }
    case 4:
        return acknowledged(number_at(body, 0));
    case 9:
        if (body.at(2) != 0) {
            throw std::runtime_error("the server refuses the subscription");
        }
        return subscribed();
    default:
        return;
    }
}

} // namespace iothub::bench
