#pragma once
// A plain TCP connection as a byte_stream: AMQP on 5672 and the management page. Made by listener.

#include "emulator/net/socket_stream.hpp"

namespace iothub::net {

class tcp_stream final : public socket_stream {
public:
    tcp_stream(tcp::socket socket, std::string address)
        : socket_stream(std::move(socket), std::move(address)) {}

private:
    transfer handshake() override { return {}; }
    transfer read_some(std::span<char> into) override;
    transfer write_some(std::string_view bytes) override;
    transfer say_goodbye() override { return {}; }
};

} // namespace iothub::net
