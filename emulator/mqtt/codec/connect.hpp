#pragma once
// CONNECT and CONNACK (MQTT 3.1.1 §3.1, §3.2). Views point into the packet's body.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/result.hpp"

namespace iothub::mqtt {

inline constexpr std::uint8_t protocol_level_3_1_1 = 4;

struct will {
    std::string_view topic;
    std::string_view payload;
    std::uint8_t qos = 0;
    bool retain = false;
};

struct connect {
    std::uint8_t level = 0;
    bool clean_session = false;
    std::uint16_t keep_alive = 0; // seconds; 0: the client sets no limit
    std::string_view client_id;
    std::optional<mqtt::will> will;
    std::optional<std::string_view> user_name;
    std::optional<std::string_view> password;
};

// Of another protocol level only `level` is read: the rest may look different there.
result<connect> decode_connect(std::string_view body);

enum class connect_return_code : std::uint8_t {
    accepted = 0,
    unacceptable_protocol_level = 1,
    server_unavailable = 3,
    not_authorized = 5,
};

void append_connack(std::string& out, connect_return_code code, bool session_present = false);

} // namespace iothub::mqtt
