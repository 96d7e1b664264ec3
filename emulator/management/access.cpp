#include "emulator/management/access.hpp"

#include <algorithm>

namespace iothub::management {

namespace {

using http_codec::equal_ignoring_case;

bool is_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// "host", "host:5380", "[::1]" and "[::1]:5380" without the port and the brackets; nothing where
// what follows the colon is no port.
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

// 127.0.0.0/8, written in full.
bool is_loopback_address(std::string_view host) {
    return host.starts_with("127.") && std::ranges::count(host, '.') == 3 &&
           host.find_first_not_of("0123456789.") == host.npos;
}

bool is_known(std::string_view host, const std::vector<std::string>& host_names) {
    return equal_ignoring_case(host, "localhost") || host == "::1" || is_loopback_address(host) ||
           std::ranges::any_of(host_names, [host](const std::string& name) {
               return equal_ignoring_case(host, name);
           });
}

// What a browser says of a request that a page of another site makes, with or without an Origin
// (Fetch Metadata, Sec-Fetch-Site): a link may lead here, nothing else.
bool is_of_foreign_page(const http_codec::request& asked) {
    const std::string* site = asked.headers.find("Sec-Fetch-Site");
    if (site == nullptr || *site == "same-origin" || *site == "none") {
        return false;
    }
    const std::string* mode = asked.headers.find("Sec-Fetch-Mode");
    return changes_something(asked) || mode == nullptr || *mode != "navigate";
}

} // namespace

bool changes_something(const http_codec::request& asked) {
    return asked.method != "GET" && asked.method != "HEAD";
}

std::optional<std::string> find_objection(const http_codec::request& asked,
                                          const std::vector<std::string>& host_names) {
    const std::string* authority = asked.headers.find("Host");
    const auto host = authority == nullptr ? std::nullopt : host_of(*authority);
    if (!host || !is_known(*host, host_names)) {
        return "The Host field names none of this hub's names.";
    }
    const std::string* origin = asked.headers.find("Origin");
    const bool foreign_origin =
        origin != nullptr && !equal_ignoring_case(*origin, "http://" + *authority);
    if (foreign_origin || is_of_foreign_page(asked)) {
        return "The request comes from a page of another origin.";
    }
    return std::nullopt;
}

} // namespace iothub::management
