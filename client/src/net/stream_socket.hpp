#pragma once
// One connection to a server, with TLS or without, blocking with a deadline: Asio underneath, and
// the only file of the client that compiles its streams. Used by http_exchange and
// amqp_connection, one thread at a time.

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "client/src/security/tls_context.hpp"
#include "client/src/session/endpoint.hpp"

namespace iothub::client {

class stream_socket {
public:
    using deadline = std::chrono::steady_clock::time_point;

    // Resolves, connects and shakes hands; without TLS where `tls`, which lives longer, is null.
    // This and all that follows throw network_error, with what the system or TLS said, or time_out.
    stream_socket(const endpoint& server, tls_context* tls, deadline until);
    ~stream_socket();

    void write(std::string_view bytes, deadline until);

    // The number of bytes read; 0 at the end of the stream.
    std::size_t read_some(std::span<char> into, deadline until);

    // What has come by the deadline, until the next call; empty at the end of the stream; nothing
    // where nothing has come, and then the connection is as good as before. Not together with
    // read_some().
    std::optional<std::string_view> try_read(deadline until);

    // Whether the peer has closed, as far as can be known without reading.
    bool closed_by_peer() const;

private:
    struct streams;

    void shake_hands(deadline until);

    std::unique_ptr<streams> streams_;
};

} // namespace iothub::client
