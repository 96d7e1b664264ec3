#pragma once
// How many partitions a hub can be told to have: core/messaging/event_log, app/options.

#include <cstdint>

namespace iothub::core {

inline constexpr std::uint32_t max_partitions = 32;

}
