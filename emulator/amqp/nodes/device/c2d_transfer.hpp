#pragma once
// A cloud-to-device message as devices and modules get it (device protocol §2.6). Called by
// deliveries.

#include "emulator/amqp/values/message.hpp"
#include "emulator/core/c2d/message.hpp"

namespace iothub::amqp {

// One data section; user properties are strings, because C refuses others.
message c2d_transfer(const core::c2d_message& from);

} // namespace iothub::amqp
