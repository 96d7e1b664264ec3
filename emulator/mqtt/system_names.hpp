#pragma once
// The names of system properties, as topics have them and as the hub has them (device protocol
// §1.4.1), in the order in which the hub writes them. Used by operations/telemetry and
// operations/c2d.

#include <array>
#include <string_view>

namespace iothub::mqtt {

struct system_name {
    std::string_view on_wire;
    std::string_view of_hub;
};

inline constexpr std::array system_names{
    system_name{"$.mid", "message-id"},
    system_name{"$.to", "to"},
    system_name{"$.cid", "correlation-id"},
    system_name{"$.uid", "user-id"},
    system_name{"$.exp", "absolute-expiry-time"},
    system_name{"$.ct", "content-type"},
    system_name{"$.ce", "content-encoding"},
    system_name{"$.on", "iothub-outputname"},
    system_name{"$.ifid", "iothub-interface-id"},
    system_name{"$.sub", "dt-subject"},
    system_name{"$.ctime", "iothub-creation-time-utc"},
    system_name{"iothub-ack", "iothub-ack"},
    system_name{"iothub-operation", "iothub-operation"},
    system_name{"iothub-MessageType", "iothub-MessageType"},
};

} // namespace iothub::mqtt
