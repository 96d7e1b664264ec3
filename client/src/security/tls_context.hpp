#pragma once
// The TLS settings of one client: TLS 1.2 or later, the system's store and the resolved trust, the
// server's name checked, a client certificate where there is one. Made once; used for every
// connection by the MQTT link and the HTTPS connection.

#include <memory>
#include <string>

#include "client/src/security/trust.hpp"

struct ssl_ctx_st; // OpenSSL's SSL_CTX

namespace iothub::client {

struct client_certificate {
    std::string certificate_file;
    std::string certificate_pem;
    std::string private_key_file;
    std::string private_key_pem;

    bool present() const { return !certificate_file.empty() || !certificate_pem.empty(); }
};

class tls_context {
public:
    // `server_name` is what the server's certificate must bear: a DNS name or an IP address.
    // Throws argument_invalid where a file cannot be read, is not PEM, or key and certificate do
    // not belong together.
    tls_context(const std::string& server_name, const trust& trusted,
                const client_certificate& certificate = {});
    tls_context(tls_context&&) noexcept;
    ~tls_context();

    ssl_ctx_st* native() const { return context_.get(); }

    // Why the last handshake did not trust the server, for a person, then forgets it; empty where
    // it was for no such reason. For the thread that connects.
    std::string take_verify_failure();

private:
    struct deleter {
        void operator()(ssl_ctx_st* context) const;
    };

    std::unique_ptr<std::string> verify_failure_; // its address is known to OpenSSL's callback
    std::unique_ptr<ssl_ctx_st, deleter> context_;
};

} // namespace iothub::client
