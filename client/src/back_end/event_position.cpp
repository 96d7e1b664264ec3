#include <chrono>
#include <utility>

#include "client/src/error_details.hpp"
#include "iothub/events.hpp"

namespace iothub {

namespace {

std::string selector_of(const char* annotation, bool inclusive, std::string_view value) {
    return "amqp.annotation." + std::string(annotation) + (inclusive ? " >= '" : " > '") +
           std::string(value) + "'";
}

} // namespace

event_position::event_position(std::string selector)
    : selector_(std::move(selector)) {}

event_position event_position::earliest() {
    return from_offset("-1", false);
}

event_position event_position::latest() {
    return from_offset("@latest", false);
}

event_position event_position::from_sequence_number(std::int64_t number, bool inclusive) {
    return event_position(selector_of("x-opt-sequence-number", inclusive, std::to_string(number)));
}

event_position event_position::from_offset(std::string_view offset, bool inclusive) {
    if (offset.empty() || offset.find('\'') != std::string_view::npos) {
        client::throw_argument_invalid("The offset is empty or has a quote");
    }
    return event_position(selector_of("x-opt-offset", inclusive, offset));
}

// The hub looks for what is later than a millisecond.
event_position event_position::from_enqueued_time(hub_time time) {
    const auto before = std::chrono::ceil<std::chrono::milliseconds>(time.time_since_epoch()) -
                        std::chrono::milliseconds(1);
    return event_position(
        selector_of("x-opt-enqueued-time", false, std::to_string(before.count())));
}

event_position event_position::after(const partition_event& last) {
    return from_sequence_number(last.sequence_number, false);
}

} // namespace iothub
