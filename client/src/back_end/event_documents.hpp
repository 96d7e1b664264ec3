#pragma once
// Events, and what describes an event hub and its partitions, out of AMQP messages (service API
// §7.5, §7.6). Used by event_source.

#include <string>

#include "client/src/amqp/amqp_message.hpp"
#include "iothub/events.hpp"

namespace iothub::client {

partition_event read_event(amqp_message message, const std::string& partition_id);

event_hub_properties read_event_hub(const amqp_map& answer);
partition_properties read_partition(const amqp_map& answer);

} // namespace iothub::client
