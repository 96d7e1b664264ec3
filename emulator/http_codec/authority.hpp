#pragma once
// What follows "//" in a URL and stands in the Host field: a host and perhaps a port (RFC 3986
// §3.2).

#include <cstdint>
#include <optional>
#include <string_view>

namespace iothub::http_codec {

struct authority {
    std::string_view host; // without brackets
    std::string_view port; // digits, or nothing
};

// "host", "host:5380", "[::1]" and "[::1]:5380"; nothing where what follows the colon is no port.
std::optional<authority> split_authority(std::string_view text);

// 1 to 65535, in digits only.
std::optional<std::uint16_t> port_number(std::string_view digits);

// The host alone.
std::optional<std::string_view> host_of(std::string_view text);

} // namespace iothub::http_codec
