#include "emulator/mqtt/packet_trace.hpp"

#include <fmt/format.h>

#include <limits>
#include <utility>

#include "emulator/mqtt/codec/publish.hpp"

namespace iothub::mqtt {

namespace {

std::string topic_of(const raw_packet& packet) {
    if (packet.type != packet_type::publish) {
        return {};
    }
    const auto read = decode_publish(packet.flags, packet.body);
    return read ? " " + std::string(read->topic) : std::string();
}

} // namespace

packet_trace::packet_trace(iothub::log& journal, std::string address)
    : journal_(journal)
    , address_(std::move(address))
    , wanted_(journal.wants(log_level::trace)) {}

void packet_trace::received(const raw_packet& packet) const {
    if (wanted_) {
        tell("<-", packet);
    }
}

void packet_trace::sent(std::string_view packets) const {
    if (!wanted_) {
        return;
    }
    packet_reader reader(std::numeric_limits<std::size_t>::max());
    for (auto next = reader.next(packets); next && *next; next = reader.next(packets)) {
        tell("->", **next);
    }
}

void packet_trace::tell(std::string_view direction, const raw_packet& packet) const {
    journal_.write(log_level::trace, "mqtt",
                   fmt::format("{} {} {}{} ({} bytes)", address_, direction, name_of(packet.type),
                               topic_of(packet), packet.body.size()));
}

} // namespace iothub::mqtt
