#pragma once
// PUBLISH and PUBACK (MQTT 3.1.1 §3.3, §3.4). Views point into the packet's body.

#include <cstdint>
#include <string>
#include <string_view>

#include "common/result.hpp"

namespace iothub::mqtt {

struct publish {
    bool duplicate = false;
    std::uint8_t qos = 0;
    bool retain = false;
    std::string_view topic;
    std::uint16_t packet_id = 0; // 0 at QoS 0
    std::string_view payload;
};

// `flags` have passed flags_are_valid.
result<publish> decode_publish(std::uint8_t flags, std::string_view body);

// At QoS 0. The topic is at most 65,535 bytes.
void append_publish(std::string& out, std::string_view topic, std::string_view payload);

// At QoS 1; `duplicate` where it was sent before.
void append_publish(std::string& out, std::string_view topic, std::string_view payload,
                    std::uint16_t packet_id, bool duplicate);

// The packet identifier of a PUBACK.
result<std::uint16_t> decode_puback(std::string_view body);

void append_puback(std::string& out, std::uint16_t packet_id);

} // namespace iothub::mqtt
