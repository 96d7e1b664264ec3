#pragma once
// The sections of a message (OASIS AMQP 1.0, part 3 §3.2). Used by what reads and writes messages.

#include <cstdint>

namespace iothub::amqp {

// The number is the descriptor; sections are in this order.
enum class section : std::uint8_t {
    header = 0x70,
    delivery_annotations,
    message_annotations,
    properties,
    application_properties,
    data,
    sequence,
    value,
    footer,
};

} // namespace iothub::amqp
