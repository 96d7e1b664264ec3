#include "emulator/core/query/syntax/string_literal.hpp"

#include <charconv>
#include <cstdint>
#include <optional>

namespace iothub::core::query {

namespace {

constexpr std::size_t unicode_escape = 6; // \uXXXX

constexpr bool is_high_surrogate(std::uint32_t c) {
    return c >= 0xd800 && c < 0xdc00;
}
constexpr bool is_low_surrogate(std::uint32_t c) {
    return c >= 0xdc00 && c < 0xe000;
}

// The code unit of the \uXXXX at the front.
std::optional<std::uint32_t> code_unit(std::string_view text) {
    if (text.size() < unicode_escape || !text.starts_with("\\u")) {
        return std::nullopt;
    }
    std::uint32_t unit = 0;
    const char* const last = text.data() + unicode_escape;
    const auto [end, failure] = std::from_chars(text.data() + 2, last, unit, 16);
    return end == last && failure == std::errc{} ? std::optional(unit) : std::nullopt;
}

void append_utf_8(std::string& to, std::uint32_t c) {
    const auto byte = [&](std::uint32_t bits) { to += static_cast<char>(bits); };
    const auto tail = [&](int shift) { byte(0x80 | ((c >> shift) & 0x3f)); };
    if (c < 0x80) {
        return byte(c);
    }
    if (c < 0x800) {
        byte(0xc0 | (c >> 6));
        return tail(0);
    }
    if (c < 0x10000) {
        byte(0xe0 | (c >> 12));
        tail(6);
        return tail(0);
    }
    byte(0xf0 | (c >> 18));
    tail(12);
    tail(6);
    tail(0);
}

// Reads one escape at the front; returns its length, 0 where it is none.
std::size_t read_escape(std::string_view text, std::string& into) {
    if (text.size() > 1 && (text[1] == '\'' || text[1] == '"' || text[1] == '\\')) {
        into += text[1];
        return 2;
    }
    const auto first = code_unit(text);
    if (!first || is_low_surrogate(*first)) {
        return 0;
    }
    if (!is_high_surrogate(*first)) {
        append_utf_8(into, *first);
        return unicode_escape;
    }
    const auto second = code_unit(text.substr(unicode_escape));
    if (!second || !is_low_surrogate(*second)) {
        return 0;
    }
    append_utf_8(into, 0x10000 + ((*first - 0xd800) << 10) + (*second - 0xdc00));
    return 2 * unicode_escape;
}

} // namespace

string_literal read_string_literal(std::string_view text) {
    string_literal read;
    std::size_t at = 1;
    while (at < text.size() && text[at] != text[0]) {
        if (text[at] != '\\') {
            read.value += text[at++];
            continue;
        }
        const std::size_t length = read_escape(text.substr(at), read.value);
        if (length == 0) {
            return {at, {}, R"(An escape is none of \' \" \\ and \uXXXX)"};
        }
        at += length;
    }
    if (at >= text.size()) {
        return {0, {}, "A text in quotes does not end"};
    }
    read.length = at + 1;
    return read;
}

} // namespace iothub::core::query
