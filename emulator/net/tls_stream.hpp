#pragma once
// A TLS connection as a byte_stream. OpenSSL works on the socket itself and Asio only waits for
// readiness, which keeps an idle session near 16 KB. Made by listener, or as a client's side by
// connector; opened means hands shaken.

#include "emulator/net/socket_stream.hpp"
#include "emulator/net/tls_client_context.hpp"
#include "emulator/net/tls_context.hpp"
#include "emulator/net/tls_session.hpp"

namespace iothub::net {

class tls_stream final : public socket_stream {
public:
    tls_stream(tcp::socket socket, std::string address, const tls_context& context);

    // To a server that has to prove that name.
    tls_stream(tcp::socket socket, std::string address, const tls_client_context& context,
               const std::string& server_name);

private:
    transfer handshake() override;
    transfer read_some(std::span<char> into) override { return session_.read(into); }
    transfer write_some(std::string_view bytes) override { return session_.write(bytes); }
    transfer say_goodbye() override { return session_.shut_down(); }

    tls_session session_;
};

} // namespace iothub::net
