#pragma once
// One TLS connection to a server, blocking with a deadline: Asio underneath, and the only file of
// the client that compiles its streams. Used by http_exchange.

#include <chrono>
#include <memory>
#include <span>
#include <string_view>

#include "client/src/security/tls_context.hpp"
#include "client/src/session/endpoint.hpp"

namespace iothub::client {

class tls_socket {
public:
    using deadline = std::chrono::steady_clock::time_point;

    // Resolves, connects and shakes hands. This and all that follows throw network_error, with what
    // the system or TLS said, or time_out.
    tls_socket(const endpoint& server, tls_context& tls, deadline until);
    ~tls_socket();

    void write(std::string_view bytes, deadline until);

    // The number of bytes read; 0 at the end of the stream.
    std::size_t read_some(std::span<char> into, deadline until);

    // Whether the peer has closed, as far as can be known without reading.
    bool closed_by_peer() const;

private:
    struct streams;

    std::unique_ptr<streams> streams_;
};

} // namespace iothub::client
