#include "common/secret.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <memory>
#include <stdexcept>

namespace iothub {

namespace {

struct free_hmac {
    void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};
using hmac = std::unique_ptr<EVP_MAC_CTX, free_hmac>;

hmac new_hmac() {
    EVP_MAC* algorithm = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    hmac made(EVP_MAC_CTX_new(algorithm));
    EVP_MAC_free(algorithm); // the context holds it
    char digest[] = "SHA256";
    const OSSL_PARAM settings[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_end()};
    if (!made || EVP_MAC_CTX_set_params(made.get(), settings) != 1) {
        throw std::runtime_error("OpenSSL has no HMAC-SHA256");
    }
    return made;
}

const unsigned char* as_bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data() == nullptr ? "" : text.data());
}

} // namespace

// To find the algorithm costs more than to use it. Each use sets its own key.
std::string hmac_sha256(std::string_view key, std::string_view data) {
    static const thread_local hmac context = new_hmac();
    std::string mac(32, '\0');
    std::size_t length = 0;
    if (EVP_MAC_init(context.get(), as_bytes(key), key.size(), nullptr) != 1 ||
        EVP_MAC_update(context.get(), as_bytes(data), data.size()) != 1 ||
        EVP_MAC_final(context.get(), reinterpret_cast<unsigned char*>(mac.data()), &length,
                      mac.size()) != 1 ||
        length != mac.size()) {
        throw std::runtime_error("OpenSSL could not make an HMAC-SHA256");
    }
    return mac;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

} // namespace iothub
