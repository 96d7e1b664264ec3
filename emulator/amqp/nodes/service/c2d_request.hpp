#pragma once
// What a back end sends to "/messages/devicebound" as the hub's own message (service API §7.2).
// Used by device_bound.

#include "common/result.hpp"
#include "emulator/amqp/values/message.hpp"
#include "emulator/core/c2d/message.hpp"

namespace iothub::amqp {

// invalid_operation where a property of the user's is no string; argument_invalid for an iothub-ack
// or an id that there cannot be, text that is no UTF-8, and a body that is neither data nor a
// string.
result<core::c2d_message> read_c2d_request(const message& sent);

} // namespace iothub::amqp
