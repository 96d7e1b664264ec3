#include "emulator/core/query/syntax/number_literal.hpp"

#include <charconv>
#include <cstdint>
#include <system_error>

namespace iothub::core::query {

namespace {

number_literal read_hexadecimal(std::string_view text) {
    std::uint64_t value = 0;
    const char* const begin = text.data() + 2;
    const auto [end, failure] = std::from_chars(begin, text.data() + text.size(), value, 16);
    if (end == begin || failure != std::errc{}) {
        return {};
    }
    return {static_cast<std::size_t>(end - text.data()), value};
}

} // namespace

number_literal read_number_literal(std::string_view text) {
    if (text.starts_with("0x") || text.starts_with("0X")) {
        return read_hexadecimal(text);
    }
    if (text.empty() || !((text[0] >= '0' && text[0] <= '9') || text[0] == '.')) {
        return {}; // what from_chars takes besides: "-1", "inf", "nan"
    }
    const char* const last = text.data() + text.size();
    double real = 0;
    const auto [end, failure] = std::from_chars(text.data(), last, real);
    if (failure != std::errc{}) {
        return {};
    }
    const auto length = static_cast<std::size_t>(end - text.data());
    std::uint64_t integer = 0;
    const auto whole = std::from_chars(text.data(), last, integer);
    if (whole.ptr == end && whole.ec == std::errc{}) {
        return {length, integer};
    }
    return {length, real};
}

} // namespace iothub::core::query
