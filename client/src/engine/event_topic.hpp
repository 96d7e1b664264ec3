#pragma once
// Where a telemetry message goes: its properties travel in the MQTT topic (device protocol §1.4.1).

#include <string>

#include "common/identity_key.hpp"
#include "iothub/message.hpp"

namespace iothub::client {

// `output` is that of a module; empty: none. Throws too_large where body and properties exceed 256
// KiB or the topic 65535 bytes, and argument_invalid for an application property whose key begins
// with "$.".
std::string event_topic(const identity_key& self, const message& event,
                        const std::string& output = {});

} // namespace iothub::client
