#pragma once
// What follows "//" in a URL and stands in the Host field: a host and perhaps a port (RFC 3986
// §3.2).

#include <optional>
#include <string_view>

namespace iothub::http_codec {

// "host", "host:5380", "[::1]" and "[::1]:5380" without the port and the brackets; nothing where
// what follows the colon is no port.
std::optional<std::string_view> host_of(std::string_view authority);

} // namespace iothub::http_codec
