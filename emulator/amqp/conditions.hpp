#pragma once
// The hub's errors as AMQP conditions (device protocol §2.9; service API §7.2): the one place that
// maps them. The description is the JSON that devices get over every transport; the
// info has its tracking id and number (com.microsoft:tracking-id, com.microsoft:error-code).

#include "common/result.hpp"
#include "emulator/amqp/engine/condition.hpp"
#include "emulator/core/hub.hpp"

namespace iothub::amqp {

condition condition_of(core::hub& hub, const error& reason);

} // namespace iothub::amqp
