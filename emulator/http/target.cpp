#include "emulator/http/target.hpp"

#include <algorithm>
#include <optional>

#include "common/letter_case.hpp"
#include "common/percent_encoding.hpp"

namespace iothub::http {

namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == text.npos) {
            return parts;
        }
        text.remove_prefix(end + 1);
    }
}

std::optional<std::string> decode(std::string_view text) {
    auto decoded = percent_decode(text);
    const auto is_control = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    };
    if (decoded && std::ranges::any_of(*decoded, is_control)) {
        return std::nullopt;
    }
    return decoded;
}

// The absolute form, "https://host/path", which a server has to understand (RFC 9112 §3.2.2).
std::string_view without_origin(std::string_view text) {
    const std::size_t scheme = text.find("://");
    if (text.starts_with('/') || scheme == text.npos) {
        return text;
    }
    const std::size_t path = text.find('/', scheme + 3);
    return path == text.npos ? "/" : text.substr(path);
}

// True for "devices%2Fd".
bool is_encoded_as_a_whole(std::string_view path) {
    return path.find('/') == path.npos &&
           (path.find("%2F") != path.npos || path.find("%2f") != path.npos);
}

// False where an escape is malformed.
bool read_path(std::string_view text, std::vector<std::string>& path) {
    text.remove_prefix(text.starts_with('/') ? 1 : 0);
    if (is_encoded_as_a_whole(text)) {
        const auto whole = decode(text);
        if (whole) {
            const auto segments = split(*whole, '/');
            path.assign(segments.begin(), segments.end());
        }
        return whole.has_value();
    }
    for (const std::string_view segment : split(text, '/')) {
        auto decoded = decode(segment);
        if (!decoded) {
            return false;
        }
        path.push_back(std::move(*decoded));
    }
    return true;
}

bool read_query(std::string_view text, target& into) {
    for (const std::string_view part : split(text, '&')) {
        const std::size_t equals = part.find('=');
        auto name = decode(part.substr(0, equals));
        auto value = decode(equals == part.npos ? std::string_view() : part.substr(equals + 1));
        if (!name || !value) {
            return false;
        }
        into.query.emplace_back(std::move(*name), std::move(*value));
    }
    return true;
}

} // namespace

const std::string* target::find(std::string_view name) const {
    const auto found = std::ranges::find_if(query, [name](const auto& parameter) {
        return equal_ignoring_case(parameter.first, name);
    });
    return found == query.end() ? nullptr : &found->second;
}

result<target> parse_target(std::string_view text) {
    text = without_origin(text);
    const std::size_t mark = text.find('?');
    target parsed;
    if (text.find('#') != text.npos || !read_path(text.substr(0, mark), parsed.path) ||
        (mark != text.npos && !read_query(text.substr(mark + 1), parsed))) {
        return error{errc::generic_bad_request, "The address of the request is malformed."};
    }
    if (!parsed.path.empty() && parsed.path.back().empty()) {
        parsed.path.pop_back();
    }
    return parsed;
}

} // namespace iothub::http
