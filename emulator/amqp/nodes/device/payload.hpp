#pragma once
// What a message carries, as bytes (device protocol §2.5). Used by the nodes of devices.

#include <string>

#include "common/result.hpp"
#include "emulator/amqp/values/message.hpp"

namespace iothub::amqp {

// The data sections, one after the other, or the text or binary of a value; empty where there is
// no body. argument_invalid for other values.
result<std::string> payload_of(const message& what);

} // namespace iothub::amqp
