#pragma once
// The names under which the hub's own events are read (service API §7.5), and their partitions.
// Used by the nodes of this folder.

#include <cstdint>
#include <string_view>
#include <variant>

#include "emulator/amqp/engine/condition.hpp"
#include "emulator/core/hub.hpp"

namespace iothub::amqp {

inline constexpr const char* events_entity = "iothub-ehub-emulator";

// Any name without a slash is the Event Hubs-compatible name: the hub is not told what clients call
// it, and has one such endpoint. "messages/events" is its name too.
bool is_events_entity(std::string_view entity);

// A condition where there is no such entity or partition.
std::variant<std::uint32_t, condition> find_partition(core::hub& hub, std::string_view entity,
                                                      std::string_view partition);

condition no_such_entity(std::string_view entity);

} // namespace iothub::amqp
