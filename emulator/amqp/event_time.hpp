#pragma once
// Points in time as the events' annotations have them: whole milliseconds, rounded down.

#include <chrono>

#include "common/timestamp.hpp"
#include "emulator/amqp/values/value.hpp"

namespace iothub::amqp {

inline milliseconds event_time(timestamp when) {
    return {std::chrono::floor<std::chrono::milliseconds>(when).time_since_epoch().count()};
}

} // namespace iothub::amqp
