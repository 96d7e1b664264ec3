#pragma once
// Messages from devices and modules (device protocol §1.3, §1.4.1; row D01). Used by
// mqtt/connection.

#include <cstddef>
#include <string_view>

#include "common/property_bag.hpp"
#include "common/result.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/core/security/authenticator.hpp"

namespace iothub::mqtt {

struct incoming_message {
    property_bag properties; // as the topic carried them, decoded
    bool retain = false;     // kept as the application property mqtt-retain
    std::string_view payload;
};

// As hub::take().
result<> take_telemetry(core::hub& hub, const core::device_principal& sender,
                        incoming_message message);

} // namespace iothub::mqtt
