#pragma once
// MQTT 3.1.1 packets as a test writes and expects them, made without the product's codec.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace iothub::test::packet {

inline std::string number(unsigned value) {
    return {static_cast<char>(value >> 8), static_cast<char>(value & 255)};
}

inline std::string text(std::string_view value) {
    return number(static_cast<unsigned>(value.size())) + std::string(value);
}

// A first byte, the remaining length and the body.
inline std::string framed(unsigned first_byte, std::string_view body) {
    std::string bytes(1, static_cast<char>(first_byte));
    std::size_t length = body.size();
    while (length > 127) {
        bytes += static_cast<char>(length % 128 + 128);
        length /= 128;
    }
    bytes += static_cast<char>(length);
    return bytes.append(body);
}

struct connect_fields {
    std::string client_id;
    std::optional<std::string> user_name;
    std::optional<std::string> password;
    unsigned keep_alive = 60;
    std::string protocol = "MQTT";
    unsigned level = 4;
    unsigned extra_flags = 0; // beside user name and password
    std::string will = {};    // topic and payload as they stand in the packet
};

inline std::string connect(const connect_fields& fields) {
    const unsigned flags =
        fields.extra_flags | (fields.user_name ? 0x80U : 0U) | (fields.password ? 0x40U : 0U);
    std::string body = text(fields.protocol) + static_cast<char>(fields.level) +
                       static_cast<char>(flags) + number(fields.keep_alive) +
                       text(fields.client_id) + fields.will;
    if (fields.user_name) {
        body += text(*fields.user_name);
    }
    if (fields.password) {
        body += text(*fields.password);
    }
    return framed(0x10, body);
}

inline std::string connack(unsigned return_code, bool session_present = false) {
    return framed(0x20, std::string{static_cast<char>(session_present ? 1 : 0),
                                    static_cast<char>(return_code)});
}

// At QoS 0.
inline std::string publish(std::string_view topic, std::string_view payload, unsigned flags = 0) {
    return framed(0x30 | flags, text(topic) + std::string(payload));
}

// At QoS 1.
inline std::string publish_1(unsigned id, std::string_view topic, std::string_view payload,
                             unsigned flags = 0) {
    return framed(0x32 | flags, text(topic) + number(id) + std::string(payload));
}

inline std::string puback(unsigned id) {
    return framed(0x40, number(id));
}

inline std::string subscribe(unsigned id,
                             const std::vector<std::pair<std::string, unsigned>>& requests) {
    std::string body = number(id);
    for (const auto& [filter, qos] : requests) {
        body += text(filter) + static_cast<char>(qos);
    }
    return framed(0x82, body);
}

inline std::string suback(unsigned id, const std::vector<unsigned>& codes) {
    std::string body = number(id);
    for (const unsigned code : codes) {
        body += static_cast<char>(code);
    }
    return framed(0x90, body);
}

inline std::string unsubscribe(unsigned id, const std::vector<std::string>& filters) {
    std::string body = number(id);
    for (const std::string& filter : filters) {
        body += text(filter);
    }
    return framed(0xa2, body);
}

inline std::string unsuback(unsigned id) {
    return framed(0xb0, number(id));
}

inline std::string pingreq() {
    return framed(0xc0, {});
}
inline std::string pingresp() {
    return framed(0xd0, {});
}
inline std::string disconnect() {
    return framed(0xe0, {});
}

} // namespace iothub::test::packet
