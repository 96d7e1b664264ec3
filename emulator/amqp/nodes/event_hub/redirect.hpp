#pragma once
// Readers of "/messages/events" on the hub's own endpoint are told where the Event Hubs-compatible
// endpoint is (service API §7.5; row E02): the hub itself, under the entity's name. Used by
// connection.

#include <string>

#include "emulator/amqp/engine/condition.hpp"

namespace iothub::amqp {

// amqp:link:redirect with hostname, network-host, port and address. `host` is what the peer named
// in its open.
condition redirect_to_events(const std::string& host, unsigned port, const std::string& entity);

} // namespace iothub::amqp
