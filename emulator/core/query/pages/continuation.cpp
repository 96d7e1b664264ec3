#include "emulator/core/query/pages/continuation.hpp"

#include <fmt/format.h>

#include <charconv>

#include "common/base64.hpp"

namespace iothub::core::query {

namespace {

constexpr std::size_t digest_length = 16;

std::string sum_of(std::string_view content, std::string_view query_text) {
    return digest(std::string(content).append(1, '\0').append(query_text));
}

// "", or a number in decimal.
bool read_top(std::string_view text, std::optional<std::uint64_t>& into) {
    if (text.empty()) {
        return true;
    }
    const char* const end = text.data() + text.size();
    const auto [rest, failure] = std::from_chars(text.data(), end, into.emplace());
    return rest == end && failure == std::errc();
}

} // namespace

// FNV-1a. It tells mistakes, not forgeries: a client may look at every row anyway.
std::string digest(std::string_view text) {
    std::uint64_t sum = 0xcbf29ce484222325;
    for (const char c : text) {
        sum = (sum ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    }
    return fmt::format("{:016x}", sum);
}

// The digest, how many rows are left, a space, and the position.
std::string write_continuation(const continuation& where, std::string_view query_text) {
    const std::string content =
        fmt::format("{} {}", where.top ? std::to_string(*where.top) : "", where.position);
    return base64_encode(sum_of(content, query_text) + content);
}

result<continuation> read_continuation(std::string_view token, std::string_view query_text) {
    const error refused{errc::argument_invalid,
                        "The continuation token was altered or belongs to another query."};
    const std::string bytes = base64_decode(token).value_or("");
    const std::string_view content =
        std::string_view(bytes).substr(std::min(digest_length, bytes.size()));
    const std::size_t space = content.find(' ');
    if (space == content.npos || sum_of(content, query_text) != bytes.substr(0, digest_length)) {
        return refused;
    }
    continuation where{std::string(content.substr(space + 1)), {}};
    if (!read_top(content.substr(0, space), where.top)) {
        return refused;
    }
    return where;
}

} // namespace iothub::core::query
