#include "client/src/session/endpoint.hpp"

#include <charconv>

#include "client/src/error_details.hpp"

namespace iothub::client {

namespace {

std::uint16_t parse_port(std::string_view text, std::string_view whole) {
    std::uint16_t port = 0;
    const char* end = text.data() + text.size();
    const auto [parsed_to, failure] = std::from_chars(text.data(), end, port);
    if (failure != std::errc{} || parsed_to != end || port == 0) {
        throw_argument_invalid("The port of the host name is not 1 to 65535: " +
                               std::string(whole));
    }
    return port;
}

struct host_and_port {
    std::string_view host;
    std::string_view port; // empty: none
};

// More than one colon without brackets is an IPv6 address.
host_and_port split(std::string_view text) {
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        const std::string_view rest = end == text.npos ? "" : text.substr(end + 1);
        return {text.substr(1, end == text.npos ? end : end - 1),
                rest.starts_with(':') ? rest.substr(1) : ""};
    }
    const std::size_t colon = text.find(':');
    if (colon == text.npos || text.find(':', colon + 1) != text.npos) {
        return {text, ""};
    }
    return {text.substr(0, colon), text.substr(colon + 1)};
}

} // namespace

std::string place(const endpoint& server) {
    return server.host + ":" + std::to_string(server.port);
}

endpoint parse_endpoint(std::string_view text, std::optional<std::uint16_t> chosen,
                        std::uint16_t otherwise) {
    const auto [host, port] = split(text);
    if (host.empty()) {
        throw_argument_invalid("The connection string has no host in its HostName");
    }
    const std::uint16_t named = port.empty() ? otherwise : parse_port(port, text);
    return {std::string(host), chosen.value_or(named)};
}

} // namespace iothub::client
