#include "common/base64.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <cctype>

namespace iothub {

namespace {

const unsigned char* as_bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

bool is_base64_character(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '+' || c == '/';
}

std::size_t padding_of(std::string_view text) {
    if (text.ends_with("==")) {
        return 2;
    }
    return text.ends_with("=") ? 1 : 0;
}

} // namespace

std::string base64_encode(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0'); // OpenSSL adds a NUL
    const int written = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                        as_bytes(bytes), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(written));
    return text;
}

std::optional<std::string> base64_decode(std::string_view text) {
    if (text.size() % 4 != 0) {
        return std::nullopt;
    }
    const std::size_t padding = padding_of(text);
    const std::string_view digits = text.substr(0, text.size() - padding);
    if (!std::ranges::all_of(digits, is_base64_character)) {
        return std::nullopt;
    }
    std::string bytes(text.size() / 4 * 3, '\0');
    const int decoded = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                        as_bytes(text), static_cast<int>(text.size()));
    if (decoded < 0) {
        return std::nullopt;
    }
    bytes.resize(static_cast<std::size_t>(decoded) - padding);
    return bytes;
}

} // namespace iothub
