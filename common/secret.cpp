#include "common/secret.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <stdexcept>

namespace iothub {

std::string hmac_sha256(std::string_view key, std::string_view data) {
    std::string mac(32, '\0');
    unsigned int length = 0;
    const unsigned char* made =
        HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
             reinterpret_cast<const unsigned char*>(data.data()), data.size(),
             reinterpret_cast<unsigned char*>(mac.data()), &length);
    if (made == nullptr || length != mac.size()) {
        throw std::runtime_error("OpenSSL could not make an HMAC-SHA256");
    }
    return mac;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

} // namespace iothub
