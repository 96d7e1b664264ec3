#include "client/src/security/tls_context.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <fstream>
#include <iterator>
#include <utility>

#include "client/src/error_details.hpp"

namespace iothub::client {

namespace {

struct bio_deleter {
    void operator()(BIO* bio) const { BIO_free_all(bio); }
};
struct x509_deleter {
    void operator()(X509* certificate) const { X509_free(certificate); }
};
struct key_deleter {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using bio = std::unique_ptr<BIO, bio_deleter>;
using certificate_handle = std::unique_ptr<X509, x509_deleter>;
using key_handle = std::unique_ptr<EVP_PKEY, key_deleter>;

// Not index 0, which is the application data that Asio takes for its own.
int verify_failure_index() {
    static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}

int keep_verify_failure(int trusted, X509_STORE_CTX* chain) {
    if (trusted == 0) {
        const auto* ssl = static_cast<const SSL*>(
            X509_STORE_CTX_get_ex_data(chain, SSL_get_ex_data_X509_STORE_CTX_idx()));
        auto* failure = static_cast<std::string*>(
            SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), verify_failure_index()));
        *failure = X509_verify_cert_error_string(X509_STORE_CTX_get_error(chain));
    }
    return trusted;
}

std::string file_text(const std::string& path, const std::string& named_by) {
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file || text.empty()) {
        throw_argument_invalid("Cannot read the PEM file " + path + ", which " + named_by +
                               " names");
    }
    return text;
}

bio reader(const std::string& pem) {
    return bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
}

// A private key in need of a pass phrase fails instead of asking on the terminal.
int no_pass_phrase(char*, int, int, void*) {
    return 0;
}

void trust_certificates(SSL_CTX* context, const std::string& pem, const std::string& source) {
    const bio input = reader(pem);
    X509_STORE* store = SSL_CTX_get_cert_store(context);
    int count = 0;
    while (const certificate_handle read{
        PEM_read_bio_X509(input.get(), nullptr, no_pass_phrase, nullptr)}) {
        X509_STORE_add_cert(store, read.get());
        ++count;
    }
    ERR_clear_error();
    if (count == 0) {
        throw_argument_invalid("There is no PEM certificate in " + source);
    }
}

void trust_all(SSL_CTX* context, const trust& trusted) {
    SSL_CTX_set_default_verify_paths(context);
    for (const trusted_file& file : trusted.files) {
        trust_certificates(context, file_text(file.path, file.named_by), file.path);
    }
    if (!trusted.pem.empty()) {
        trust_certificates(context, trusted.pem, "the option ca_pem");
    }
}

void check_server_name(SSL_CTX* context, const std::string& name) {
    X509_VERIFY_PARAM* parameters = SSL_CTX_get0_param(context);
    if (X509_VERIFY_PARAM_set1_ip_asc(parameters, name.c_str()) == 1) {
        return;
    }
    ERR_clear_error();
    X509_VERIFY_PARAM_set_hostflags(parameters, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    if (X509_VERIFY_PARAM_set1_host(parameters, name.c_str(), name.size()) != 1) {
        throw_argument_invalid("The host name cannot be checked: " + name);
    }
}

void use_certificate_chain(SSL_CTX* context, const std::string& pem) {
    const bio input = reader(pem);
    const certificate_handle leaf{
        PEM_read_bio_X509_AUX(input.get(), nullptr, no_pass_phrase, nullptr)};
    if (!leaf || SSL_CTX_use_certificate(context, leaf.get()) != 1) {
        throw_argument_invalid("The client certificate is not a PEM certificate");
    }
    while (const certificate_handle next{
        PEM_read_bio_X509(input.get(), nullptr, no_pass_phrase, nullptr)}) {
        SSL_CTX_add1_chain_cert(context, next.get());
    }
    ERR_clear_error();
}

void use_private_key(SSL_CTX* context, const std::string& pem) {
    const bio input = reader(pem);
    const key_handle key{PEM_read_bio_PrivateKey(input.get(), nullptr, no_pass_phrase, nullptr)};
    if (!key) {
        ERR_clear_error();
        throw_argument_invalid("The private key is not a PEM key without pass phrase");
    }
    if (SSL_CTX_use_PrivateKey(context, key.get()) != 1 ||
        SSL_CTX_check_private_key(context) != 1) {
        ERR_clear_error();
        throw_argument_invalid("The private key does not belong to the client certificate");
    }
}

void use_client_certificate(SSL_CTX* context, const client_certificate& client) {
    if (!client.present()) {
        return;
    }
    if (client.private_key_file.empty() && client.private_key_pem.empty()) {
        throw_argument_invalid("The client certificate needs its private key");
    }
    use_certificate_chain(context,
                          client.certificate_pem.empty()
                              ? file_text(client.certificate_file, "the option certificate_file")
                              : client.certificate_pem);
    use_private_key(context, client.private_key_pem.empty()
                                 ? file_text(client.private_key_file, "the option private_key_file")
                                 : client.private_key_pem);
}

} // namespace

void tls_context::deleter::operator()(ssl_ctx_st* context) const {
    SSL_CTX_free(context);
}

tls_context::tls_context(const std::string& server_name, const trust& trusted,
                         const client_certificate& certificate)
    : verify_failure_(std::make_unique<std::string>())
    , context_(SSL_CTX_new(TLS_client_method())) {
    SSL_CTX* context = context_.get();
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_ex_data(context, verify_failure_index(), verify_failure_.get());
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, keep_verify_failure);
    trust_all(context, trusted);
    check_server_name(context, server_name);
    use_client_certificate(context, certificate);
}

tls_context::tls_context(tls_context&&) noexcept = default;
tls_context::~tls_context() = default;

std::string tls_context::take_verify_failure() {
    const std::string reason = std::exchange(*verify_failure_, {});
    return reason.empty() ? ""
                          : "TLS: certificate verify failed: " + reason +
                                " (the option ca_file or the variable SSL_CERT_FILE names "
                                "authorities to trust)";
}

} // namespace iothub::client
