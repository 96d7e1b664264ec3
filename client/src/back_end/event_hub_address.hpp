#pragma once
// Where telemetry is read and as whom: from an Event Hubs connection string, or a local hub's
// (service API §5.3). Used by event_source.

#include <string>
#include <string_view>

#include "client/src/amqp/authorized_connection.hpp"
#include "iothub/event_consumer.hpp"

namespace iothub::client {

struct event_hub_address {
    amqp_access access;
    std::string entity; // "iothub-ehub-…", or "messages/events"
};

// Throws argument_invalid with a message that repeats no value.
event_hub_address read_event_hub_address(std::string_view text,
                                         const event_consumer_options& options);

} // namespace iothub::client
