#include "emulator/amqp/nodes/event_hub/entity.hpp"

#include <charconv>
#include <string>

#include "common/letter_case.hpp"

namespace iothub::amqp {

namespace {

constexpr std::size_t max_told_name = 100;

} // namespace

bool is_events_entity(std::string_view entity) {
    return (!entity.empty() && entity.find('/') == std::string_view::npos) ||
           equal_ignoring_case(entity, "messages/events");
}

condition no_such_entity(std::string_view entity) {
    return {"amqp:not-found", "The messaging entity '" +
                                  std::string(entity.substr(0, max_told_name)) +
                                  "' could not be found."};
}

std::variant<std::uint32_t, condition> find_partition(core::hub& hub, std::string_view entity,
                                                      std::string_view partition) {
    if (!is_events_entity(entity)) {
        return no_such_entity(entity);
    }
    std::uint32_t number = 0;
    const char* end = partition.data() + partition.size();
    const auto read = std::from_chars(partition.data(), end, number);
    if (read.ec != std::errc() || read.ptr != end || number >= hub.events().partitions()) {
        return condition{"com.microsoft:argument-out-of-range",
                         "The specified partition is invalid for an EventHub partition sender or "
                         "receiver. It should be between 0 and " +
                             std::to_string(hub.events().partitions() - 1) + "."};
    }
    return number;
}

} // namespace iothub::amqp
