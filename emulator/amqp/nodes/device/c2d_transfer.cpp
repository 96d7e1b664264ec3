#include "emulator/amqp/nodes/device/c2d_transfer.hpp"

#include <algorithm>
#include <limits>

#include "emulator/amqp/event_time.hpp"
#include "emulator/amqp/property_fields.hpp"

namespace iothub::amqp {

namespace {

std::uint8_t counted(std::uint32_t deliveries) {
    return static_cast<std::uint8_t>(
        std::min<std::uint32_t>(deliveries, std::numeric_limits<std::uint8_t>::max()));
}

map annotations_of(const core::c2d_message& from) {
    map all{{symbol{"x-opt-sequence-number"}, from.sequence_number},
            {symbol{"iothub-enqueuedtime"}, event_time(from.enqueued)},
            {symbol{"iothub-deliverycount"}, counted(from.delivery_count)}};
    if (!from.input.empty()) {
        all.emplace_back(symbol{"x-opt-input-name"}, from.input);
    }
    return all;
}

// A key stands once: the first counts.
void put_property(map& into, const property& p) {
    if (find(into, p.key) == nullptr) {
        into.emplace_back(p.key, p.value.value_or(""));
    }
}

} // namespace

message c2d_transfer(const core::c2d_message& from) {
    message made;
    made.annotations = annotations_of(from);
    made.properties.emplace();
    made.application_properties.emplace_back("iothub-ack", std::string(core::ack_text(from.ack)));
    for (const property& p : from.system_properties) {
        if (!put_field(*made.properties, p.key, p.value.value_or(""))) {
            put_property(made.application_properties, p);
        }
    }
    for (const property& p : from.application_properties) {
        put_property(made.application_properties, p);
    }
    made.data = {from.body};
    return made;
}

} // namespace iothub::amqp
