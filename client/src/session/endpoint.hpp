#pragma once
// Where a client connects: "host", "host:8884" or "[::1]:8884", as HostName and GatewayHostName
// have it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace iothub::client {

struct endpoint {
    std::string host; // without brackets
    std::uint16_t port = 0;
};

// "host:8884", for messages.
std::string place(const endpoint& server);

// `chosen` wins over the port in `text`, which wins over `otherwise`. Throws argument_invalid where
// the text has no host or the port is not 1 to 65535.
endpoint parse_endpoint(std::string_view text, std::optional<std::uint16_t> chosen,
                        std::uint16_t otherwise);

} // namespace iothub::client
