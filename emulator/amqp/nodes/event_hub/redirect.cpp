#include "emulator/amqp/nodes/event_hub/redirect.hpp"

#include <cstdint>
#include <string_view>

namespace iothub::amqp {

namespace {

// "localhost:5671" and "[::1]:5671" without the port.
std::string_view without_port(std::string_view host) {
    const auto colon = host.rfind(':');
    const auto bracket = host.rfind(']');
    const bool has_port =
        colon != std::string_view::npos &&
        (bracket == std::string_view::npos ? host.find(':') == colon // not a bare IPv6 address
                                           : colon > bracket);
    return has_port ? host.substr(0, colon) : host;
}

} // namespace

condition redirect_to_events(const std::string& host, unsigned port, const std::string& entity) {
    const std::string name(host.empty() ? "localhost" : without_port(host));
    return {"amqp:link:redirect",
            "Events are read at the Event Hubs-compatible endpoint.",
            {{symbol{"hostname"}, name},
             {symbol{"network-host"}, name},
             {symbol{"port"}, static_cast<std::uint16_t>(port)},
             {symbol{"address"},
              "amqps://" + name + ":" + std::to_string(port) + "/" + entity + "/$management"}}};
}

} // namespace iothub::amqp
