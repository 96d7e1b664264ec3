#pragma once
// "/messages/devicebound": back ends send messages to devices and modules (service API §7.2; rows
// C01, C02). Used by connection.

#include "emulator/amqp/context.hpp"
#include "emulator/amqp/engine/engine.hpp"

namespace iothub::amqp {

// The permission was checked.
attach_answer attach_device_bound(const context& lent, link& which);

} // namespace iothub::amqp
