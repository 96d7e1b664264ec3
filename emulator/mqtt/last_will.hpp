#pragma once
// What becomes a message of the client's when it ends without DISCONNECT (MQTT 3.1.1 §3.1.2.5,
// device protocol §1.3). Used by mqtt/connection.

#include <optional>
#include <string>

#include "common/identity_key.hpp"
#include "common/property_bag.hpp"
#include "common/result.hpp"
#include "emulator/mqtt/codec/connect.hpp"

namespace iothub::mqtt {

struct last_will {
    property_bag properties;
    std::string payload;
    bool retain = false;
};

// Nothing where the client has none; argument_invalid where it is anything but telemetry of `self`.
result<std::optional<last_will>> read_will(const connect& packet, const identity_key& self);

} // namespace iothub::mqtt
