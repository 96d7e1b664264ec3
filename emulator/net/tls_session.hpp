#pragma once
// One side of a TLS connection, driven directly on a non-blocking descriptor: OpenSSL reads and
// writes it, whoever calls waits for readiness. Used by tls_stream.

#include <openssl/types.h>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/net/transfer.hpp"

namespace iothub::net {

class tls_session {
public:
    // The server's side. The descriptor stays the caller's, and must stay open for as long as the
    // functions are used.
    tls_session(SSL_CTX* context, int descriptor);

    // It is the client's side instead, of a server whose certificate must bear that name (or IP
    // address); before the handshake.
    void call(const std::string& server_name);

    transfer shake_hands();

    // Fills as much of `into` as there is input for.
    transfer read(std::span<char> into);

    // At most one record (16 KiB). After want_*, call again with the same bytes, or more behind
    // them.
    transfer write(std::string_view bytes);

    // Sends close_notify; the peer's is not waited for.
    transfer shut_down();

    // The peer's certificates in DER, its leaf first; after the handshake.
    std::vector<std::string> peer_certificates() const;

private:
    struct release {
        void operator()(SSL* ssl) const;
    };

    void begin();
    transfer outcome(int result);
    std::string tls_failure() const;

    std::unique_ptr<SSL, release> ssl_;
    std::optional<transfer> postponed_; // how the input ended, met behind bytes that came first
};

} // namespace iothub::net
