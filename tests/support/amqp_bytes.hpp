#pragma once
// Encoded AMQP 1.0 values put together by hand, for tests of what reads them.

#include <cstdint>
#include <string>
#include <string_view>

namespace iothub::test::amqp_bytes {

inline int digit(char c) {
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

// "00 53 75": two lower-case digits a byte, spaces between.
inline std::string hex(std::string_view digits) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        i += digits[i] == ' ' ? 1u : 0u;
        bytes += static_cast<char>(digit(digits[i]) << 4 | digit(digits[i + 1]));
    }
    return bytes;
}

inline std::string number_32(std::uint32_t n) {
    return {static_cast<char>(n >> 24), static_cast<char>(n >> 16), static_cast<char>(n >> 8),
            static_cast<char>(n)};
}

// Of at most 255 bytes.
inline std::string text(std::string_view constructor, std::string_view content) {
    return hex(constructor) + static_cast<char>(content.size()) + std::string(content);
}
inline std::string str(std::string_view content) {
    return text("a1", content);
}
inline std::string sym(std::string_view content) {
    return text("a3", content);
}
inline std::string bin(std::string_view content) {
    return text("a0", content);
}

inline std::string sized_8(std::string_view constructor, int count, std::string_view items) {
    return hex(constructor) + static_cast<char>(items.size() + 1) + static_cast<char>(count) +
           std::string(items);
}
inline std::string sized_32(std::string_view constructor, std::uint32_t count,
                            std::string_view items) {
    return hex(constructor) + number_32(static_cast<std::uint32_t>(items.size() + 4)) +
           number_32(count) + std::string(items);
}

inline std::string list_8(int count, std::string_view items) {
    return sized_8("c0", count, items);
}
inline std::string map_8(int count, std::string_view items) {
    return sized_8("c1", count, items);
}

inline std::string annotations(std::string_view value) {
    return hex("00 53 72") + std::string(value);
}
inline std::string properties(std::string_view value) {
    return hex("00 53 73") + std::string(value);
}
inline std::string application_properties(std::string_view value) {
    return hex("00 53 74") + std::string(value);
}
inline std::string data_section(std::string_view content) {
    return hex("00 53 75") + bin(content);
}
inline std::string value_section(std::string_view value) {
    return hex("00 53 77") + std::string(value);
}

} // namespace iothub::test::amqp_bytes
