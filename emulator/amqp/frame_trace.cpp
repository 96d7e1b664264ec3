#include "emulator/amqp/frame_trace.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

#include "emulator/amqp/engine/engine.hpp"

namespace iothub::amqp {

namespace {

constexpr std::string_view names[] = {"open",        "begin",  "attach", "flow", "transfer",
                                      "disposition", "detach", "end",    "close"};
constexpr std::string_view sasl_names[] = {"sasl-mechanisms", "sasl-init", "sasl-challenge",
                                           "sasl-response", "sasl-outcome"};
constexpr std::uint8_t first_code = 0x10;
constexpr std::uint8_t first_sasl_code = 0x40;

std::uint8_t byte_at(std::string_view bytes, std::size_t place) {
    return place < bytes.size() ? static_cast<std::uint8_t>(bytes[place]) : 0;
}

template <std::size_t Count>
std::string_view name_in(const std::string_view (&all)[Count], std::uint8_t number) {
    return number < Count ? all[number] : "unknown";
}

// Part 5: TLS is 2, SASL 3.
std::string_view protocol_of(std::uint8_t id) {
    return id == 0 ? "AMQP" : id == 2 ? "TLS" : id == 3 ? "SASL" : "unknown";
}

// The body begins with a descriptor: 00 53 and the code, as all clients write it.
std::string_view name_of(std::string_view body, bool sasl) {
    if (body.empty()) {
        return "empty";
    }
    if (!body.starts_with(std::string_view("\0\x53", 2))) {
        return "unknown";
    }
    const std::uint8_t code = byte_at(body, 2);
    return sasl ? name_in(sasl_names, static_cast<std::uint8_t>(code - first_sasl_code))
                : name_in(names, static_cast<std::uint8_t>(code - first_code));
}

} // namespace

std::string describe_frame(std::string_view unit) {
    constexpr std::uint8_t sasl_type = 1;
    if (unit.starts_with("AMQP")) {
        return fmt::format("header of {} {}.{}.{}", protocol_of(byte_at(unit, 4)), byte_at(unit, 5),
                           byte_at(unit, 6), byte_at(unit, 7));
    }
    const std::size_t offset = std::size_t{4} * byte_at(unit, 4);
    const bool sasl = byte_at(unit, 5) == sasl_type;
    const std::string_view name = name_of(unit.substr(std::min(offset, unit.size())), sasl);
    const int channel = byte_at(unit, 6) << 8 | byte_at(unit, 7);
    return sasl || name == "empty" ? std::string(name)
                                   : fmt::format("{} on channel {}", name, channel);
}

frame_trace::frame_trace(iothub::log& journal, std::string address)
    : journal_(journal)
    , address_(std::move(address))
    , wanted_(journal.wants(log_level::trace))
    , received_(engine::max_frame)
    , sent_(std::numeric_limits<std::uint32_t>::max()) {}

void frame_trace::tell(std::string_view direction, frame_reader& reader, std::string_view bytes) {
    while (wanted_ && !bytes.empty()) {
        const auto unit = reader.next(bytes);
        wanted_ = unit.has_value();
        if (unit && !unit->empty()) {
            journal_.write(log_level::trace, "amqp",
                           fmt::format("{} {} {} ({} bytes)", address_, direction,
                                       describe_frame(*unit), unit->size()));
        }
    }
}

} // namespace iothub::amqp
