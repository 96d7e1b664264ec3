#pragma once
// The control packets of MQTT 3.1.1 (§2.2) and the flags each must carry in its first byte.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace iothub::mqtt {

enum class packet_type : std::uint8_t {
    connect = 1,
    connack = 2,
    publish = 3,
    puback = 4,
    pubrec = 5,
    pubrel = 6,
    pubcomp = 7,
    subscribe = 8,
    suback = 9,
    unsubscribe = 10,
    unsuback = 11,
    pingreq = 12,
    pingresp = 13,
    disconnect = 14,
};

// "CONNECT", for logs.
constexpr std::string_view name_of(packet_type type) {
    constexpr std::array<std::string_view, 15> names{
        "",        "CONNECT",  "CONNACK",   "PUBLISH", "PUBACK",      "PUBREC",
        "PUBREL",  "PUBCOMP",  "SUBSCRIBE", "SUBACK",  "UNSUBSCRIBE", "UNSUBACK",
        "PINGREQ", "PINGRESP", "DISCONNECT"};
    return names[static_cast<std::size_t>(type)];
}

// §2.2.2: only PUBLISH chooses its flags, of which QoS 3 does not exist, and DUP says nothing at
// QoS 0 (§3.3.1).
constexpr bool flags_are_valid(packet_type type, std::uint8_t flags) {
    switch (type) {
    case packet_type::publish: {
        const int qos = (flags >> 1) & 3;
        const bool duplicate = (flags & 8) != 0;
        return qos != 3 && !(duplicate && qos == 0);
    }
    case packet_type::pubrel:
    case packet_type::subscribe:
    case packet_type::unsubscribe:
        return flags == 2;
    default:
        return flags == 0;
    }
}

} // namespace iothub::mqtt
