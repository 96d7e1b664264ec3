#include "emulator/http_codec/authority.hpp"

#include <algorithm>

namespace iothub::http_codec {

namespace {

bool is_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

std::optional<std::string_view> host_of(std::string_view authority) {
    const bool bracketed = authority.starts_with('[');
    const std::size_t end = bracketed ? authority.find(']') : authority.find(':');
    if (bracketed && end == authority.npos) {
        return std::nullopt;
    }
    const std::size_t first = bracketed ? 1 : 0;
    const std::string_view host = authority.substr(first, end - first);
    const std::string_view rest =
        end == authority.npos ? std::string_view() : authority.substr(end + first);
    if (!rest.empty() && (rest.front() != ':' || !is_digits(rest.substr(1)))) {
        return std::nullopt;
    }
    return host;
}

} // namespace iothub::http_codec
