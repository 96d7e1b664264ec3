#pragma once
// Messages to devices as they are sent over AMQP (service API §7.2). Used by service_connection.

#include "client/src/amqp/amqp_message.hpp"
#include "common/identity_key.hpp"
#include "iothub/cloud_to_device_message.hpp"

namespace iothub::client {

// Throws argument_invalid where an id is empty, or the type or encoding of the content has a NUL or
// what is no ASCII.
amqp_message to_amqp(const identity_key& target, const cloud_to_device_message& message);

} // namespace iothub::client
