#pragma once
// The pieces that every packet the hub sends is made of (MQTT 3.1.1 §1.5, §2.2). Each appends.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "emulator/mqtt/codec/packet_type.hpp"

namespace iothub::mqtt {

// The type, its flags and the length of the body that follows.
void append_header(std::string& out, packet_type type, std::uint8_t flags, std::size_t body);

void append_number(std::string& out, std::uint16_t number);

// At most 65,535 bytes.
void append_text(std::string& out, std::string_view text);

} // namespace iothub::mqtt
