#include "emulator/core/query/syntax/syntax_error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace iothub::core::query {

namespace {

constexpr std::size_t longest_quotation = 32;

std::string readable(std::string_view text) {
    const bool whole = text.size() <= longest_quotation;
    std::string quotation(text.substr(0, longest_quotation));
    std::ranges::replace_if(
        quotation, [](char c) { return c == ';' || c < 0x20 || c > 0x7e; }, '?');
    return quotation + (whole ? "" : "...");
}

// Counted from 1, in characters of UTF-8.
std::size_t character(std::string_view text, std::size_t byte) {
    const auto begins_character = [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    };
    return static_cast<std::size_t>(std::ranges::count_if(text.substr(0, byte), begins_character)) +
           1;
}

} // namespace

error syntax_error(std::string_view what, std::string_view text, std::string_view near) {
    const auto at = character(text, static_cast<std::size_t>(near.data() - text.data()));
    return {errc::argument_invalid,
            near.empty() ? fmt::format("{} at character {}, where the text ends.", what, at)
                         : fmt::format("{} at character {}, near '{}'.", what, at, readable(near))};
}

} // namespace iothub::core::query
