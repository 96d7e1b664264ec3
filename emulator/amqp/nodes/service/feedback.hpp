#pragma once
// "/messages/servicebound/feedback": back ends learn what became of their messages (service API
// §7.3; row C03). Used by connection.

#include "emulator/amqp/context.hpp"
#include "emulator/amqp/engine/engine.hpp"

namespace iothub::amqp {

// The permission was checked.
attach_answer attach_feedback(const context& lent, link& which);

} // namespace iothub::amqp
