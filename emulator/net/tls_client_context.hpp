#pragma once
// What TLS connections to other servers share: TLS 1.2 at least, and whom to trust: the system's
// store, what SSL_CERT_FILE and SSL_CERT_DIR name, and certificates that are given. Used by
// connector.

#include <openssl/types.h>

#include <memory>
#include <string>

#include "common/result.hpp"

namespace iothub::net {

class tls_client_context {
public:
    // `trusted_pem`: further authorities, or nothing.
    static result<std::shared_ptr<tls_client_context>> create(const std::string& trusted_pem);

    SSL_CTX* native() const { return context_.get(); }

private:
    explicit tls_client_context(std::shared_ptr<SSL_CTX> context)
        : context_(std::move(context)) {}

    std::shared_ptr<SSL_CTX> context_;
};

} // namespace iothub::net
