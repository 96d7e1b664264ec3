#include "emulator/net/tls_session.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "emulator/net/certificates/openssl_handles.hpp"
#include "emulator/net/socket_bio.hpp"

namespace iothub::net {

namespace {

std::string der_of(const X509& certificate) {
    unsigned char* der = nullptr;
    const int size = i2d_X509(&certificate, &der);
    if (size <= 0) {
        return {};
    }
    std::string bytes(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
    return bytes;
}

} // namespace

void tls_session::release::operator()(SSL* ssl) const {
    SSL_free(ssl);
}

tls_session::tls_session(SSL_CTX* context, int descriptor)
    : ssl_(SSL_new(context)) {
    BIO* bio = ssl_ ? new_socket_bio(descriptor) : nullptr;
    if (!bio) {
        ssl_.reset();
        return;
    }
    SSL_set_bio(ssl_.get(), bio, bio); // takes the one reference
    SSL_set_accept_state(ssl_.get());
}

void tls_session::call(const std::string& server_name) {
    if (!ssl_)
        return;
    SSL_set_connect_state(ssl_.get());
    X509_VERIFY_PARAM* demanded = SSL_get0_param(ssl_.get());
    if (X509_VERIFY_PARAM_set1_ip_asc(demanded, server_name.c_str()) == 1)
        return;
    ERR_clear_error();
    X509_VERIFY_PARAM_set_hostflags(demanded, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    if (X509_VERIFY_PARAM_set1_host(demanded, server_name.c_str(), server_name.size()) != 1 ||
        SSL_set_tlsext_host_name(ssl_.get(), server_name.c_str()) != 1)
        ssl_.reset(); // a name that cannot be checked is not connected to
}

transfer tls_session::shake_hands() {
    if (!ssl_)
        return {.status = transfer_status::failed, .failure = "TLS: cannot be set up"};
    begin();
    return outcome(SSL_do_handshake(ssl_.get()));
}

transfer tls_session::read(std::span<char> into) {
    if (postponed_)
        return *std::exchange(postponed_, std::nullopt);
    begin();
    std::size_t filled = 0;
    while (filled < into.size()) {
        std::size_t count = 0;
        const auto rest = into.subspan(filled);
        const transfer step = outcome(SSL_read_ex(ssl_.get(), rest.data(), rest.size(), &count));
        if (step.status != transfer_status::done) {
            if (filled == 0)
                return step;
            const bool empty = step.status == transfer_status::want_read;
            if (!empty)
                postponed_ = step;
            return {.bytes = filled, .more = !empty};
        }
        filled += count;
    }
    return {.bytes = filled};
}

transfer tls_session::write(std::string_view bytes) {
    begin();
    std::size_t count = 0;
    transfer step = outcome(SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &count));
    step.bytes = count;
    return step;
}

transfer tls_session::shut_down() {
    begin();
    const int result = SSL_shutdown(ssl_.get());
    return outcome(result == 0 ? 1 : result);
}

void tls_session::begin() {
    ERR_clear_error();
    look_once(SSL_get_rbio(ssl_.get()));
}

transfer tls_session::outcome(int result) {
    if (result > 0)
        return {};
    const int system_error = errno;
    switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_WANT_READ:
        return {.status = transfer_status::want_read};
    case SSL_ERROR_WANT_WRITE:
        return {.status = transfer_status::want_write};
    case SSL_ERROR_ZERO_RETURN:
        return {.status = transfer_status::ended};
    case SSL_ERROR_SYSCALL:
        ERR_clear_error();
        if (system_error == ECONNRESET)
            return {.status = transfer_status::failed, .failure = "reset by the peer"};
        return {.status = transfer_status::failed, .failure = std::strerror(system_error)};
    default:
        return {.status = transfer_status::failed, .failure = tls_failure()};
    }
}

// "TLS: certificate verify failed: unable to get local issuer certificate"
std::string tls_session::tls_failure() const {
    const std::string reason = "TLS: " + take_openssl_error();
    const long verified = SSL_get_verify_result(ssl_.get());
    return verified == X509_V_OK ? reason : reason + ": " + X509_verify_cert_error_string(verified);
}

std::vector<std::string> tls_session::peer_certificates() const {
    std::vector<std::string> all;
    // On the server's side the chain does not hold the leaf.
    if (X509* leaf = SSL_get0_peer_certificate(ssl_.get())) {
        all.push_back(der_of(*leaf));
    }
    const STACK_OF(X509)* chain = SSL_get_peer_cert_chain(ssl_.get());
    for (int i = 0; i < sk_X509_num(chain); ++i) {
        all.push_back(der_of(*sk_X509_value(chain, i)));
    }
    return all;
}

} // namespace iothub::net
