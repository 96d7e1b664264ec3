#include "emulator/amqp/values/value_scan.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "common/ascii.hpp"
#include "common/utf8.hpp"
#include "emulator/amqp/values/message.hpp"

namespace iothub::amqp {

namespace {

constexpr std::uint8_t described_code = 0x00;
constexpr std::uint8_t ulong_codes[] = {0x44, 0x53, 0x80};

constexpr std::uint8_t codes[] = {0x40, 0x41, 0x42, 0x43, 0x44, 0x45, // no bytes
                                  0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56,
                                  0x60, 0x61,                               // one and two
                                  0x70, 0x71, 0x72, 0x73, 0x74,             // four
                                  0x80, 0x81, 0x82, 0x83, 0x84, 0x94, 0x98, // eight and sixteen
                                  0xa0, 0xa1, 0xa3, 0xb0, 0xb1, 0xb3,  // binary, string, symbol
                                  0xc0, 0xc1, 0xd0, 0xd1, 0xe0, 0xf0}; // list and map, array

constexpr auto known = [] {
    std::array<bool, 256> is{};
    for (const std::uint8_t code : codes) {
        is[code] = true;
    }
    return is;
}();

enum class category { fixed, text, compound };

constexpr category category_of(std::uint8_t code) {
    return code < 0xa0 ? category::fixed : code < 0xc0 ? category::text : category::compound;
}

// Bytes of a value of category::fixed.
constexpr std::size_t fixed_width(std::uint8_t code) {
    constexpr std::size_t widths[] = {0, 1, 2, 4, 8, 16};
    return widths[(code >> 4) - 4];
}

// Bytes of the size, and of the count, of any other value.
constexpr std::size_t size_width(std::uint8_t code) {
    return (code & 0x10) == 0 ? 1 : 4;
}

constexpr bool is_string(std::uint8_t code) {
    return code == 0xa1 || code == 0xb1;
}
constexpr bool is_symbol(std::uint8_t code) {
    return code == 0xa3 || code == 0xb3;
}
constexpr bool is_map(std::uint8_t code) {
    return code == 0xc1 || code == 0xd1;
}
constexpr bool is_array(std::uint8_t code) {
    return code >= 0xe0;
}

} // namespace

value_scan::value_scan(std::string_view bytes)
    : all_(bytes)
    , rest_(bytes)
    , values_left_(std::min(bytes.size(), max_values)) {}

bool value_scan::take(std::uint8_t byte) {
    if (rest_.empty() || static_cast<std::uint8_t>(rest_.front()) != byte) {
        return false;
    }
    rest_.remove_prefix(1);
    return true;
}

std::optional<std::string_view> value_scan::next() {
    const std::string_view from = rest_;
    if (!skip_value(0)) {
        return std::nullopt;
    }
    return from.substr(0, from.size() - rest_.size());
}

std::string value_scan::fault() const {
    return "at byte " + std::to_string(rest_.data() - all_.data()) + ": " + fault_;
}

bool value_scan::skip_value(std::size_t depth) {
    if (take(described_code)) {
        return begin_value(depth) && skip_descriptor() && skip_value(depth + 1);
    }
    const auto code = take_constructor();
    return code && skip_body(*code, depth);
}

bool value_scan::skip_descriptor() {
    const auto code = take_constructor();
    if (!code) {
        return false;
    }
    const bool is_ulong =
        std::find(std::begin(ulong_codes), std::end(ulong_codes), *code) != std::end(ulong_codes);
    return is_ulong || is_symbol(*code) ? skip_body(*code, 0)
                                        : fail("a descriptor that is no ulong and no symbol");
}

bool value_scan::skip_body(std::uint8_t code, std::size_t depth) {
    if (!begin_value(depth)) {
        return false;
    }
    switch (category_of(code)) {
    case category::fixed:
        return skip_bytes(fixed_width(code));
    case category::text:
        return skip_text(code);
    default:
        return skip_compound(code, depth);
    }
}

bool value_scan::skip_bytes(std::uint64_t count) {
    if (count > rest_.size()) {
        return fail("a value beyond the end");
    }
    rest_.remove_prefix(static_cast<std::size_t>(count));
    return true;
}

bool value_scan::skip_text(std::uint8_t code) {
    const auto text = take_sized(size_width(code));
    if (!text) {
        return false;
    }
    if (is_string(code) && !is_utf8(*text)) {
        return fail("a string that is not UTF-8");
    }
    return !is_symbol(code) || is_ascii(*text) || fail("a symbol that is not ASCII");
}

bool value_scan::skip_compound(std::uint8_t code, std::size_t depth) {
    const auto inside = take_sized(size_width(code));
    if (!inside) {
        return false;
    }
    const std::string_view behind = std::exchange(rest_, *inside);
    if (!skip_items(code, depth) || !(rest_.empty() || fail("a size beyond the items"))) {
        return false;
    }
    rest_ = behind;
    return true;
}

bool value_scan::skip_items(std::uint8_t code, std::size_t depth) {
    const auto count = take_number(size_width(code));
    if (!count) {
        return false;
    }
    if (is_array(code)) {
        return skip_array_items(*count, depth);
    }
    if (*count > rest_.size()) {
        return fail("a count beyond the size");
    }
    if (is_map(code) && *count % 2 != 0) {
        return fail("a map of an odd count");
    }
    for (std::uint32_t i = 0; i < *count; ++i) {
        if (!skip_value(depth + 1)) {
            return false;
        }
    }
    return true;
}

bool value_scan::skip_array_items(std::uint32_t count, std::size_t depth) {
    if (take(described_code) && !skip_descriptor()) {
        return false;
    }
    const auto code = take_constructor();
    if (!code) {
        return false;
    }
    if (category_of(*code) == category::fixed) {
        return skip_fixed_items(count, fixed_width(*code));
    }
    if (count > rest_.size()) {
        return fail("a count beyond the size");
    }
    for (std::uint32_t i = 0; i < count; ++i) {
        if (!skip_body(*code, depth + 1)) {
            return false;
        }
    }
    return true;
}

bool value_scan::skip_fixed_items(std::uint32_t count, std::size_t width) {
    return spend(count) && skip_bytes(std::uint64_t{count} * width);
}

std::optional<std::uint8_t> value_scan::take_constructor() {
    if (rest_.empty()) {
        fail("no constructor where a value begins");
        return std::nullopt;
    }
    const auto code = static_cast<std::uint8_t>(rest_.front());
    if (!known[code]) {
        fail("an unknown constructor");
        return std::nullopt;
    }
    rest_.remove_prefix(1);
    return code;
}

std::optional<std::uint32_t> value_scan::take_number(std::size_t width) {
    if (rest_.size() < width) {
        fail("a size beyond the end");
        return std::nullopt;
    }
    std::uint32_t number = 0;
    for (const char byte : rest_.substr(0, width)) {
        number = number << 8 | static_cast<std::uint8_t>(byte);
    }
    rest_.remove_prefix(width);
    return number;
}

std::optional<std::string_view> value_scan::take_sized(std::size_t width) {
    const auto size = take_number(width);
    if (!size) {
        return std::nullopt;
    }
    const std::string_view inside = rest_.substr(0, *size);
    if (!skip_bytes(*size)) {
        return std::nullopt;
    }
    return inside;
}

bool value_scan::begin_value(std::size_t depth) {
    return depth > max_nesting ? fail("values nested too deeply") : spend(1);
}

bool value_scan::spend(std::uint64_t values) {
    if (values > values_left_) {
        return fail("too many values");
    }
    values_left_ -= static_cast<std::size_t>(values);
    return true;
}

bool value_scan::fail(const char* why) {
    fault_ = why;
    return false;
}

} // namespace iothub::amqp
