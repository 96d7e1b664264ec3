#pragma once
// "/messages/servicebound/filenotifications": back ends learn of files that devices have uploaded
// (service API §7.4; row F01). Used by connection.

#include "emulator/amqp/context.hpp"
#include "emulator/amqp/engine/engine.hpp"

namespace iothub::amqp {

// The permission was checked.
attach_answer attach_file_notifications(const context& lent, link& which);

} // namespace iothub::amqp
