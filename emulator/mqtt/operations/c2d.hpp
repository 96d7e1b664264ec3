#pragma once
// A cloud-to-device message as it stands in an MQTT topic (device protocol §1.4.2). Used by
// mqtt/deliveries.

#include <string>

#include "common/identity_key.hpp"
#include "emulator/core/c2d/message.hpp"

namespace iothub::mqtt {

// Of a message to an input: "devices/d/modules/m/inputs/in/…"; of any other:
// "devices/d[/modules/m]/messages/devicebound/…". The message has a "to".
std::string topic_of(const identity_key& target, const core::c2d_message& message);

} // namespace iothub::mqtt
