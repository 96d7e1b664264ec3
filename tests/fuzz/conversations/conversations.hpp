#pragma once
// Conversations with the hub from a recording of what the client sends: without a socket, on a
// clock that stands still. What comes of one does not depend on where its bytes are cut; targets
// and the replay compare it.

#include <cstddef>
#include <string>
#include <string_view>

namespace iothub::fuzz {

// What the hub sent, how the conversation ended and what it left in the hub. Each packet (MQTT),
// frame (AMQP) or the whole stream (HTTP, WebSocket) longer than `cut` bytes is sent in two pieces,
// the first of that size; 0: everything is sent whole. The hub ends its turn after each piece.

// A recording that begins with a byte of 0 goes on behind CONNECT and SUBSCRIBE of a device whose
// messages, method call and desired properties wait.
std::string mqtt_conversation(std::string_view sent, std::size_t cut);
std::size_t longest_packet(std::string_view sent);

// Likewise behind open, begin, a token of the device and links of every kind.
std::string amqp_conversation(std::string_view sent, std::size_t cut);
std::size_t longest_frame(std::string_view sent);

// "{token}" in the recording stands for a token of the owner, "{device}" for one of dev1. Interim
// responses (100) are left out: whether one is due depends on what has come.
std::string http_conversation(std::string_view sent, std::size_t cut);

// Frames behind an upgrade; the first piece comes with the upgrade's request.
std::string websocket_conversation(std::string_view sent, std::size_t cut);

// Requests as the codec reads them, and what it refuses.
std::string read_requests(std::string_view sent, std::size_t cut);

// Control packets as the codec reads them, and what it refuses.
std::string read_packets(std::string_view sent, std::size_t cut);

} // namespace iothub::fuzz
