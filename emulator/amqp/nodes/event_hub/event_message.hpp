#pragma once
// An event as readers of the Event Hubs-compatible endpoint see it (service API §7.6; row E04).
// Used by partition_reader.

#include "emulator/amqp/values/message.hpp"
#include "emulator/core/messaging/event.hpp"

namespace iothub::amqp {

message event_message(core::event what);

} // namespace iothub::amqp
