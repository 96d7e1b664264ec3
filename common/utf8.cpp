#include "common/utf8.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace iothub {

namespace {

// The lead byte says how many bytes follow, and within which bounds the first of them lies: that is
// all it takes to refuse overlong forms, surrogates and what Unicode has not (Unicode, table 3-7).
struct sequence {
    std::size_t length = 0; // 0: no character begins with this byte
    std::uint8_t second_from = 0x80;
    std::uint8_t second_to = 0xbf;
};

sequence sequence_of(std::uint8_t lead) {
    if (lead < 0x80) {
        return {1};
    }
    if (lead >= 0xc2 && lead <= 0xdf) {
        return {2};
    }
    if (lead >= 0xe0 && lead <= 0xef) {
        return {3, static_cast<std::uint8_t>(lead == 0xe0 ? 0xa0 : 0x80),
                static_cast<std::uint8_t>(lead == 0xed ? 0x9f : 0xbf)};
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        return {4, static_cast<std::uint8_t>(lead == 0xf0 ? 0x90 : 0x80),
                static_cast<std::uint8_t>(lead == 0xf4 ? 0x8f : 0xbf)};
    }
    return {};
}

// How many bytes the character at the front takes; 0 where there is none.
std::size_t character_length(std::string_view bytes) {
    const sequence s = sequence_of(static_cast<std::uint8_t>(bytes.front()));
    if (s.length > bytes.size()) {
        return 0;
    }
    for (std::size_t i = 1; i < s.length; ++i) {
        const auto byte = static_cast<std::uint8_t>(bytes[i]);
        const bool in_bounds =
            i == 1 ? byte >= s.second_from && byte <= s.second_to : byte >= 0x80 && byte <= 0xbf;
        if (!in_bounds) {
            return 0;
        }
    }
    return s.length;
}

// Most texts are nothing else, so it is looked at by the word.
constexpr std::size_t word_bytes = sizeof(std::uint64_t);

bool begins_with_ascii(std::string_view bytes) {
    std::uint64_t word = 0;
    if (bytes.size() < word_bytes) {
        return false;
    }
    std::memcpy(&word, bytes.data(), word_bytes);
    return (word & 0x8080808080808080) == 0;
}

} // namespace

bool is_utf8(std::string_view bytes) {
    while (!bytes.empty()) {
        if (begins_with_ascii(bytes)) {
            bytes.remove_prefix(word_bytes);
            continue;
        }
        const std::size_t length = character_length(bytes);
        if (length == 0) {
            return false;
        }
        bytes.remove_prefix(length);
    }
    return true;
}

} // namespace iothub
