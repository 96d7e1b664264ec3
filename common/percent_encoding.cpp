#include "common/percent_encoding.hpp"

#include <cctype>

namespace iothub {

namespace {

bool is_unreserved(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.' ||
           c == '~';
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return -1;
}

// The character that "%XX" at the start of `text` stands for, or -1.
int decode_triplet(std::string_view text) {
    if (text.size() < 3) {
        return -1;
    }
    const int high = hex_value(text[1]);
    const int low = hex_value(text[2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

} // namespace

std::string percent_encode(std::string_view text, std::string_view also_kept) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string encoded;
    encoded.reserve(text.size());
    for (const char c : text) {
        if (is_unreserved(c) || also_kept.find(c) != also_kept.npos) {
            encoded += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            encoded += {'%', digits[byte >> 4], digits[byte & 15]};
        }
    }
    return encoded;
}

std::optional<std::string> percent_decode(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i];
            continue;
        }
        const int character = decode_triplet(text.substr(i));
        if (character < 0) {
            return std::nullopt;
        }
        decoded += static_cast<char>(character);
        i += 2;
    }
    return decoded;
}

std::string percent_decode_leniently(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int character = text[i] == '%' ? decode_triplet(text.substr(i)) : -1;
        if (character < 0) {
            decoded += text[i];
        } else {
            decoded += static_cast<char>(character);
            i += 2;
        }
    }
    return decoded;
}

} // namespace iothub
