#include "emulator/mqtt/codec/publish.hpp"

#include "emulator/mqtt/codec/field_reader.hpp"
#include "emulator/mqtt/codec/malformed.hpp"
#include "emulator/mqtt/codec/packet_writer.hpp"
#include "emulator/mqtt/codec/utf8.hpp"

namespace iothub::mqtt {

result<publish> decode_publish(std::uint8_t flags, std::string_view body) {
    field_reader fields(body);
    publish packet;
    packet.duplicate = (flags & 8) != 0;
    packet.qos = (flags >> 1) & 3;
    packet.retain = (flags & 1) != 0;
    packet.topic = fields.text();
    if (packet.qos > 0) {
        packet.packet_id = fields.packet_id();
    }
    if (!is_topic_name(packet.topic)) {
        fields.fail("a topic that is empty or has wildcards");
    }
    packet.payload = fields.rest();
    if (fields.failed()) {
        return malformed(fields.fault());
    }
    return packet;
}

void append_publish(std::string& out, std::string_view topic, std::string_view payload) {
    append_header(out, packet_type::publish, 0, 2 + topic.size() + payload.size());
    append_text(out, topic);
    out += payload;
}

void append_publish(std::string& out, std::string_view topic, std::string_view payload,
                    std::uint16_t packet_id, bool duplicate) {
    const std::uint8_t flags = duplicate ? 0x0a : 0x02;
    append_header(out, packet_type::publish, flags, 4 + topic.size() + payload.size());
    append_text(out, topic);
    append_number(out, packet_id);
    out += payload;
}

result<std::uint16_t> decode_puback(std::string_view body) {
    field_reader fields(body);
    const std::uint16_t packet_id = fields.packet_id();
    if (!fields.empty()) {
        fields.fail("a PUBACK that goes on behind its packet identifier");
    }
    if (fields.failed()) {
        return malformed(fields.fault());
    }
    return packet_id;
}

void append_puback(std::string& out, std::uint16_t packet_id) {
    append_header(out, packet_type::puback, 0, 2);
    append_number(out, packet_id);
}

} // namespace iothub::mqtt
