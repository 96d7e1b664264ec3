#include "emulator/http_codec/authority.hpp"

#include <algorithm>
#include <charconv>

namespace iothub::http_codec {

namespace {

bool is_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

std::optional<authority> split_authority(std::string_view text) {
    const bool bracketed = text.starts_with('[');
    const std::size_t end = bracketed ? text.find(']') : text.find(':');
    if (bracketed && end == text.npos) {
        return std::nullopt;
    }
    const std::size_t first = bracketed ? 1 : 0;
    const std::string_view host = text.substr(first, end - first);
    const std::string_view rest = end == text.npos ? std::string_view() : text.substr(end + first);
    if (!rest.empty() && (rest.front() != ':' || !is_digits(rest.substr(1)))) {
        return std::nullopt;
    }
    return authority{host, rest.substr(rest.empty() ? 0 : 1)};
}

std::optional<std::uint16_t> port_number(std::string_view digits) {
    std::uint16_t number = 0;
    const char* end = digits.data() + digits.size();
    const auto [stop, failure] = std::from_chars(digits.data(), end, number);
    const bool whole = failure == std::errc() && stop == end && number != 0;
    return whole ? std::optional(number) : std::nullopt;
}

std::optional<std::string_view> host_of(std::string_view text) {
    const auto parts = split_authority(text);
    return parts ? std::optional(parts->host) : std::nullopt;
}

} // namespace iothub::http_codec
