#include "emulator/net/tls_context.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <string>
#include <utility>

#include "emulator/net/certificates/openssl_handles.hpp"
#include "emulator/net/certificates/pem.hpp"

namespace iothub::net {

namespace {

constexpr long largest_client_chain = 64 * 1024; // bytes; more ends the handshake
constexpr const char* tls_1_2_suites = "ECDHE+AESGCM:ECDHE+CHACHA20";

error failure(const std::string& what) {
    return {errc::server_error, what + ": " + take_openssl_error(), {}};
}

void set_rules(SSL_CTX* context) {
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                     SSL_OP_CIPHER_SERVER_PREFERENCE |
                                     SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                  SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_read_ahead(context, 1);
    // Resumption is by ticket, which the client keeps: the server's own cache would only grow.
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 1);
    constexpr unsigned char id[] = "iothub";
    SSL_CTX_set_session_id_context(context, id, sizeof id - 1);
}

int accept_any_chain(X509_STORE_CTX* verification, void*) {
    X509_STORE_CTX_set_error(verification, X509_V_OK);
    return 1;
}

// A ticket holds the client's certificate without the chain that vouches for it, so whoever showed
// one shows it again, in a full handshake.
SSL_TICKET_RETURN take_ticket(SSL*, SSL_SESSION* session, const unsigned char*, std::size_t,
                              SSL_TICKET_STATUS status, void*) {
    const bool readable = status == SSL_TICKET_SUCCESS || status == SSL_TICKET_SUCCESS_RENEW;
    if (!readable || SSL_SESSION_get0_peer(session) != nullptr)
        return SSL_TICKET_RETURN_IGNORE_RENEW;
    return status == SSL_TICKET_SUCCESS ? SSL_TICKET_RETURN_USE : SSL_TICKET_RETURN_USE_RENEW;
}

// No CA is named to the client: any certificate may be one that an identity knows.
void ask_for_client_certificate(SSL_CTX* context) {
    SSL_CTX_set_max_cert_list(context, largest_client_chain);
    SSL_CTX_set_session_ticket_cb(context, nullptr, take_ticket, nullptr);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_CLIENT_ONCE, nullptr);
    SSL_CTX_set_cert_verify_callback(context, accept_any_chain, nullptr);
}

result<> use_certificate(SSL_CTX* context, const certificate_and_key& server) {
    auto chain = read_certificates(server.certificate_pem);
    if (!chain)
        return chain.error();
    auto key = read_private_key(server.key_pem);
    if (!key)
        return key.error();
    if (SSL_CTX_use_certificate(context, chain->front().get()) != 1)
        return failure("the server certificate cannot be used");
    if (SSL_CTX_use_PrivateKey(context, key->get()) != 1)
        return failure("the private key cannot be used with the server certificate");
    for (std::size_t i = 1; i < chain->size(); ++i)
        if (SSL_CTX_add1_chain_cert(context, (*chain)[i].get()) != 1)
            return failure("the certificate chain cannot be used");
    return {};
}

result<std::shared_ptr<SSL_CTX>> make_context(const certificate_and_key& server) {
    ERR_clear_error();
    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    if (!context)
        return failure("TLS cannot be set up");
    set_rules(context.get());
    if (SSL_CTX_set_cipher_list(context.get(), tls_1_2_suites) != 1)
        return failure("the TLS cipher suites are not available");
    ask_for_client_certificate(context.get());
    if (auto used = use_certificate(context.get(), server); !used)
        return used.error();
    return context;
}

} // namespace

result<std::shared_ptr<tls_context>> tls_context::create(const certificate_and_key& server) {
    auto context = make_context(server);
    if (!context)
        return context.error();
    return std::shared_ptr<tls_context>(new tls_context(std::move(*context)));
}

result<> tls_context::reload(const certificate_and_key& server) {
    auto context = make_context(server);
    if (!context)
        return context.error();
    context_ = std::move(*context);
    return {};
}

} // namespace iothub::net
