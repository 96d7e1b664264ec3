#include "emulator/mqtt/codec/subscribe.hpp"

#include "emulator/mqtt/codec/field_reader.hpp"
#include "emulator/mqtt/codec/malformed.hpp"
#include "emulator/mqtt/codec/packet_writer.hpp"

namespace iothub::mqtt {

namespace {

std::string_view read_filter(field_reader& fields) {
    const std::string_view filter = fields.text();
    if (filter.empty()) {
        fields.fail("an empty topic filter");
    }
    return filter;
}

std::uint8_t read_requested_qos(field_reader& fields) {
    const std::uint8_t qos = fields.byte();
    if (qos > 2) {
        fields.fail("a subscription of QoS " + std::to_string(qos));
    }
    return qos;
}

// Reads to the end of the packet what `read_one` reads.
template <class Entry, class Read>
std::vector<Entry> read_entries(field_reader& fields, Read read_one) {
    std::vector<Entry> entries;
    while (!fields.empty() && entries.size() < max_filters) {
        entries.push_back(read_one());
    }
    if (entries.empty()) {
        fields.fail("no topic filter");
    } else if (!fields.empty()) {
        fields.fail("over " + std::to_string(max_filters) + " topic filters");
    }
    return entries;
}

} // namespace

result<subscribe> decode_subscribe(std::string_view body) {
    field_reader fields(body);
    subscribe packet;
    packet.packet_id = fields.packet_id();
    packet.requests = read_entries<subscribe::request>(fields, [&] {
        const std::string_view filter = read_filter(fields);
        return subscribe::request{filter, read_requested_qos(fields)};
    });
    if (fields.failed()) {
        return malformed(fields.fault());
    }
    return packet;
}

result<unsubscribe> decode_unsubscribe(std::string_view body) {
    field_reader fields(body);
    unsubscribe packet;
    packet.packet_id = fields.packet_id();
    packet.filters = read_entries<std::string_view>(fields, [&] { return read_filter(fields); });
    if (fields.failed()) {
        return malformed(fields.fault());
    }
    return packet;
}

void append_suback(std::string& out, std::uint16_t packet_id,
                   const std::vector<std::uint8_t>& codes) {
    append_header(out, packet_type::suback, 0, 2 + codes.size());
    append_number(out, packet_id);
    out.append(codes.begin(), codes.end());
}

void append_unsuback(std::string& out, std::uint16_t packet_id) {
    append_header(out, packet_type::unsuback, 0, 2);
    append_number(out, packet_id);
}

} // namespace iothub::mqtt
