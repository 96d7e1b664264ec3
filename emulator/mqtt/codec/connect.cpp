#include "emulator/mqtt/codec/connect.hpp"

#include "emulator/mqtt/codec/field_reader.hpp"
#include "emulator/mqtt/codec/malformed.hpp"
#include "emulator/mqtt/codec/packet_writer.hpp"
#include "emulator/mqtt/codec/utf8.hpp"

namespace iothub::mqtt {

namespace {

// §3.1.2.3, bit by bit.
struct connect_flags {
    explicit connect_flags(std::uint8_t byte)
        : reserved((byte & 0x01) != 0)
        , clean_session((byte & 0x02) != 0)
        , will((byte & 0x04) != 0)
        , will_qos((byte >> 3) & 3)
        , will_retain((byte & 0x20) != 0)
        , password((byte & 0x40) != 0)
        , user_name((byte & 0x80) != 0) {}

    bool reserved;
    bool clean_session;
    bool will;
    std::uint8_t will_qos;
    bool will_retain;
    bool password;
    bool user_name;
};

void check(const connect_flags& flags, field_reader& fields) {
    if (flags.reserved) {
        fields.fail("the reserved flag of CONNECT is set");
    } else if (flags.will_qos == 3) {
        fields.fail("a will of QoS 3");
    } else if (!flags.will && (flags.will_qos != 0 || flags.will_retain)) {
        fields.fail("will flags without a will");
    } else if (flags.password && !flags.user_name) {
        fields.fail("a password without a user name");
    }
}

// MQTT 3.1 called itself MQIsdp; its clients are told that the level does not fit.
bool is_protocol_name(std::string_view name, std::uint8_t level) {
    return name == "MQTT" || (name == "MQIsdp" && level == 3);
}

will read_will(field_reader& fields, const connect_flags& flags) {
    will w;
    w.topic = fields.text();
    w.payload = fields.binary();
    w.qos = flags.will_qos;
    w.retain = flags.will_retain;
    if (!is_topic_name(w.topic)) {
        fields.fail("a will whose topic is empty or has wildcards");
    }
    return w;
}

void read_after_level(field_reader& fields, connect& packet) {
    const connect_flags flags(fields.byte());
    check(flags, fields);
    packet.clean_session = flags.clean_session;
    packet.keep_alive = fields.number();
    packet.client_id = fields.text();
    if (flags.will) {
        packet.will = read_will(fields, flags);
    }
    if (flags.user_name) {
        packet.user_name = fields.text();
    }
    if (flags.password) {
        packet.password = fields.binary();
    }
    if (!fields.empty()) {
        fields.fail("bytes after the last field of CONNECT");
    }
}

} // namespace

result<connect> decode_connect(std::string_view body) {
    field_reader fields(body);
    connect packet;
    const std::string_view name = fields.text();
    packet.level = fields.byte();
    if (!fields.failed() && !is_protocol_name(name, packet.level)) {
        fields.fail("a protocol that is not MQTT");
    }
    if (packet.level == protocol_level_3_1_1) {
        read_after_level(fields, packet);
    }
    if (fields.failed()) {
        return malformed(fields.fault());
    }
    return packet;
}

void append_connack(std::string& out, connect_return_code code, bool session_present) {
    append_header(out, packet_type::connack, 0, 2);
    out += session_present ? '\1' : '\0';
    out += static_cast<char>(code);
}

} // namespace iothub::mqtt
