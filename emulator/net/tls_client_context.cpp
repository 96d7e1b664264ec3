#include "emulator/net/tls_client_context.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <utility>

#include "emulator/net/certificates/openssl_handles.hpp"
#include "emulator/net/certificates/pem.hpp"

namespace iothub::net {

namespace {

result<> trust(SSL_CTX* context, const std::string& pem) {
    const auto authorities = read_certificates(pem);
    if (!authorities) {
        return authorities.error();
    }
    for (const auto& one : *authorities) {
        X509_STORE_add_cert(SSL_CTX_get_cert_store(context), one.get());
    }
    return {};
}

} // namespace

result<std::shared_ptr<tls_client_context>>
tls_client_context::create(const std::string& trusted_pem) {
    ERR_clear_error();
    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    if (!context) {
        return error{errc::server_error, "TLS cannot be set up: " + take_openssl_error()};
    }
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                           SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                        SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_read_ahead(context.get(), 1);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_default_verify_paths(context.get());
    ERR_clear_error(); // a store that is not there is an empty one
    if (!trusted_pem.empty()) {
        if (const auto trusted = trust(context.get(), trusted_pem); !trusted) {
            return trusted.error();
        }
    }
    return std::shared_ptr<tls_client_context>(new tls_client_context(std::move(context)));
}

} // namespace iothub::net
