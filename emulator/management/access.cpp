#include "emulator/management/access.hpp"

#include <algorithm>

#include "common/letter_case.hpp"
#include "emulator/http_codec/authority.hpp"

namespace iothub::management {

namespace {

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
    const auto host = authority == nullptr ? std::nullopt : http_codec::host_of(*authority);
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
