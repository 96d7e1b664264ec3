#include "emulator/amqp/lock_tag.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

#include "emulator/amqp/values/value.hpp"

namespace iothub::amqp {

namespace {

constexpr std::size_t tag_size = 16;
constexpr std::size_t token_size = 36;

// Where in the tag each byte of the token is: its first three groups are little-endian numbers.
constexpr std::array<std::size_t, tag_size> places = {3, 2, 1,  0,  5,  4,  7,  6,
                                                      8, 9, 10, 11, 12, 13, 14, 15};

bool is_dash(std::size_t position) {
    return position == 8 || position == 13 || position == 18 || position == 23;
}

std::optional<char> byte_of(const char* digits) {
    unsigned char byte = 0;
    const auto read = std::from_chars(digits, digits + 2, byte, 16);
    return read.ec == std::errc() && read.ptr == digits + 2 ? std::optional(static_cast<char>(byte))
                                                            : std::nullopt;
}

} // namespace

std::optional<std::string> lock_tag(std::string_view token) {
    if (token.size() != token_size) {
        return std::nullopt;
    }
    std::string tag(tag_size, '\0');
    std::size_t position = 0;
    for (const std::size_t place : places) {
        if (is_dash(position) && token[position++] != '-') {
            return std::nullopt;
        }
        const auto byte = byte_of(token.data() + position);
        if (!byte) {
            return std::nullopt;
        }
        tag[place] = *byte;
        position += 2;
    }
    return tag;
}

std::optional<std::string> lock_token(std::string_view tag) {
    if (tag.size() != tag_size) {
        return std::nullopt;
    }
    uuid token;
    std::ranges::transform(places, token.bytes.begin(),
                           [tag](std::size_t place) { return tag[place]; });
    return plain_text(token);
}

} // namespace iothub::amqp
