#pragma once
// A device that speaks MQTT over WebSocket over TLS to a hub, byte by byte: no library of the
// product's is between it and the socket but OpenSSL.

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "integration/net/loopback_client.hpp"
#include "support/websocket_frames.hpp"

namespace iothub::test {

class websocket_client {
public:
    explicit websocket_client(std::uint16_t port)
        : connection_(port) {
        connection_.shake_hands();
    }

    static std::string request(const std::string& subprotocol,
                               const std::string& target = "/$iothub/websocket") {
        return "GET " + target +
               " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
               "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " +
               websocket::key + "\r\nSec-WebSocket-Protocol: " + subprotocol + "\r\n\r\n";
    }

    void send(std::string_view bytes) { connection_.send(bytes); }

    // In one frame.
    void send_packet(std::string_view packet) { send(websocket::frame(websocket::binary, packet)); }

    // The head of an HTTP response; its body is passed over.
    std::string receive_response() {
        std::string head;
        while (!head.ends_with("\r\n\r\n")) {
            head += connection_.receive(1);
        }
        const std::string length = "\r\nContent-Length: ";
        if (const auto at = head.find(length); at != head.npos) {
            connection_.receive(std::stoul(head.substr(at + length.size())));
        }
        return head;
    }

    websocket::received_frame receive_frame() {
        std::string bytes = connection_.receive(2);
        const std::string more = connection_.receive(websocket::length_bytes(bytes));
        const std::size_t length = websocket::length_of(bytes, more);
        return {static_cast<unsigned char>(bytes[0]), connection_.receive(length)};
    }

    // The next `count` bytes of the conversation in frames.
    std::string receive(std::size_t count) {
        while (received_.size() < count) {
            const auto frame = receive_frame();
            if (frame.first_byte != (0x80U | websocket::binary)) {
                throw std::runtime_error("not a binary frame");
            }
            received_ += frame.payload;
        }
        std::string taken = received_.substr(0, count);
        received_.erase(0, count);
        return taken;
    }

    // Everything up to the end of the connection.
    std::string receive_all() { return connection_.receive_all(); }
    bool ended_orderly() const {
        return connection_.how_it_ended() == loopback_client::ending::orderly;
    }

private:
    loopback_client connection_;
    std::string received_;
};

} // namespace iothub::test
