#include "emulator/blob/container_uri.hpp"

#include <algorithm>

#include "common/letter_case.hpp"
#include "emulator/http_codec/authority.hpp"

namespace iothub::blob {

namespace {

constexpr std::size_t longest = 8 * 1024;
constexpr std::string_view not_in_a_uri = "\"<>\\^`{|}#";

error invalid(const char* rule) {
    return {errc::blob_container_validation_error, rule};
}

bool is_uri_text(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        return c > 0x20 && c < 0x7f && not_in_a_uri.find(c) == not_in_a_uri.npos;
    });
}

bool take_scheme(std::string_view& text, std::string_view scheme) {
    if (!starts_with_ignoring_case(text, scheme)) {
        return false;
    }
    text.remove_prefix(scheme.size());
    return true;
}

result<> read_authority(std::string_view text, container_uri& uri) {
    const auto parts = http_codec::split_authority(text);
    if (!parts || parts->host.empty() || parts->host.find('@') != parts->host.npos) {
        return invalid("must have the name or the address of a host behind the scheme.");
    }
    uri.authority = text;
    uri.host = parts->host;
    uri.port = uri.tls ? 443 : 80;
    if (!parts->port.empty()) {
        const auto port = http_codec::port_number(parts->port);
        if (!port) {
            return invalid("must have a port from 1 to 65535.");
        }
        uri.port = *port;
    }
    return {};
}

} // namespace

result<container_uri> parse_container_uri(std::string_view text) {
    if (text.size() > longest || !is_uri_text(text)) {
        return invalid("must be a URI of at most 8192 characters.");
    }
    container_uri uri;
    uri.tls = take_scheme(text, "https://");
    if (!uri.tls && !take_scheme(text, "http://")) {
        return invalid("must begin with https:// or http://.");
    }
    const std::size_t query = text.find('?');
    if (query != text.npos) {
        uri.query = text.substr(query + 1);
        text = text.substr(0, query);
    }
    text.remove_suffix(text.ends_with('/') ? 1 : 0);
    const std::size_t slash = text.find('/');
    if (slash == text.npos) {
        return invalid("must name a container behind the host.");
    }
    uri.path = text.substr(slash);
    const auto host = read_authority(text.substr(0, slash), uri);
    return host ? result<container_uri>(std::move(uri)) : host.error();
}

} // namespace iothub::blob
