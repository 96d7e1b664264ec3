#include "common/checksum.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>

#include <array>
#include <cstddef>

namespace iothub {

namespace {

// Stands in every data folder's checksums: never to be changed.
constexpr std::string_view key = "bytes as an IoT hub has kept the";

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

} // namespace

checksum::checksum() {
    ERR_set_mark(); // a refusal must not be taken for one of TLS
    EVP_MAC* const algorithm = EVP_MAC_fetch(nullptr, "POLY1305", nullptr);
    context_.reset(algorithm != nullptr ? EVP_MAC_CTX_new(algorithm) : nullptr);
    EVP_MAC_free(algorithm);
    ERR_pop_to_mark();
}

void checksum::deleter::operator()(evp_mac_ctx_st* context) const {
    EVP_MAC_CTX_free(context);
}

std::uint64_t checksum::of(std::string_view bytes) {
    std::array<unsigned char, 16> tag{};
    std::size_t size = 0;
    if (!context_ || EVP_MAC_init(context_.get(), bytes_of(key), key.size(), nullptr) != 1 ||
        EVP_MAC_update(context_.get(), bytes_of(bytes), bytes.size()) != 1 ||
        EVP_MAC_final(context_.get(), tag.data(), &size, tag.size()) != 1) {
        return 0;
    }
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        value = value << 8 | tag[i];
    }
    return value >> 1 | 1;
}

} // namespace iothub
