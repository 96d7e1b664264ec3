#include "emulator/amqp/nodes/device/method_id.hpp"

#include <charconv>
#include <cstdint>

#include "common/letter_case.hpp"

namespace iothub::amqp {

namespace {

// The form of a random UUID (RFC 9562 §5.4): some libraries check version and variant. The number
// fills the last 62 bits.
constexpr std::string_view first_half = "696f7468-7562-4000-";
constexpr std::uint64_t variant = 0x8000000000000000;
constexpr std::uint64_t number_bits = 0x3fffffffffffffff;

std::uint64_t number_in(std::string_view digits, int base) {
    std::uint64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number, base);
    return number;
}

} // namespace

uuid method_uuid(std::string_view request_id) {
    uuid id{{'\x69', '\x6f', '\x74', '\x68', '\x75', '\x62', '\x40', '\0'}};
    const std::uint64_t half = variant | (number_in(request_id, 10) & number_bits);
    for (std::size_t i = 0; i < 8; ++i) {
        id.bytes[8 + i] = static_cast<char>(half >> (56 - 8 * i));
    }
    return id;
}

std::optional<std::string> method_request_id(const value& correlation_id) {
    std::string digits = lower_case(plain_text(correlation_id).value_or(""));
    if (digits.size() != 36 || !digits.starts_with(first_half) || digits[23] != '-') {
        return std::nullopt;
    }
    digits = digits.substr(first_half.size(), 4) + digits.substr(24);
    if (digits.find_first_not_of("0123456789abcdef") != std::string::npos) {
        return std::nullopt;
    }
    const std::uint64_t half = number_in(digits, 16);
    return (half & ~number_bits) == variant ? std::optional(std::to_string(half & number_bits))
                                            : std::nullopt;
}

} // namespace iothub::amqp
