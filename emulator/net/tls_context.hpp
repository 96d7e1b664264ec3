#pragma once
// What all TLS connections of a hub share: its certificate and the rules (reliability specification
// §1: TLS 1.2 at least, ECDHE suites only, no renegotiation, no compression). A client certificate
// is asked for and never judged here: which device it belongs to is decided by its identity. A
// session with one is not resumed.

#include <openssl/types.h>

#include <memory>

#include "common/result.hpp"
#include "emulator/net/certificates/certificate_and_key.hpp"

namespace iothub::net {

class tls_context {
public:
    static result<std::shared_ptr<tls_context>> create(const certificate_and_key& server);

    // Serves later connections with another certificate; on an error the old one stays.
    result<> reload(const certificate_and_key& server);

    SSL_CTX* native() const { return context_.get(); }

private:
    explicit tls_context(std::shared_ptr<SSL_CTX> context)
        : context_(std::move(context)) {}

    std::shared_ptr<SSL_CTX> context_;
};

} // namespace iothub::net
