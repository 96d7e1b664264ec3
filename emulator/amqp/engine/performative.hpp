#pragma once
// A frame's performative (OASIS AMQP 1.0, part 2 §2.7; part 5 §5.3.3) taken apart before Proton,
// which takes what it cannot read for absent, decodes it. Called by frame_gate.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <variant>

#include "emulator/amqp/engine/condition.hpp"

namespace iothub::amqp {

// The numbers of the descriptors.
enum class performative_code : std::uint8_t {
    open = 0x10,
    begin,
    attach,
    flow,
    transfer,
    disposition,
    detach,
    end,
    close,
    sasl_init = 0x41,
    sasl_response = 0x43,
};

struct performative {
    static constexpr std::size_t max_fields = 14;

    performative_code code{};
    std::uint16_t channel = 0;
    std::array<std::string_view, max_fields> fields; // encoded; empty where absent or null

    bool has(std::size_t field) const { return !fields[field].empty(); }
    // Of a uint or a boolean; 0 and false where it is absent.
    std::uint32_t number(std::size_t field) const;
    bool truth(std::size_t field) const { return number(field) != 0; }
};

// Of a whole frame with a body. amqp:connection:framing-error where its data offset cannot be;
// amqp:decode-error where the body is not one performative that a client may send (payload only
// behind a transfer); amqp:invalid-field where a field has another type than it should, or lacks.
std::variant<performative, condition> read_performative(std::string_view frame);

} // namespace iothub::amqp
