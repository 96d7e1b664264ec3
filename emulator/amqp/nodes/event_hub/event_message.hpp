#pragma once
// An event as readers of the Event Hubs-compatible endpoint see it (service API §7.6; row E04).
// Used by partition_reader.

#include <string>

#include "emulator/core/messaging/event.hpp"

namespace iothub::amqp {

// The message's bytes. They are written without making a message of the event first, because each
// event is written for each of its readers.
std::string encode_event(const core::event& what);

} // namespace iothub::amqp
