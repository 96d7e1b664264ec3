#pragma once
// What a hub inside this process (iothub/emulator.hpp) shows of what it received and who is
// connected, and what it takes in a back end's place. The members are those of the management API
// (docs/management-api.md).

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace iothub {

using text_properties = std::map<std::string, std::string>;

// Telemetry that the hub received.
struct received_event {
    unsigned partition = 0;
    std::uint64_t sequence_number = 0;
    std::chrono::system_clock::time_point enqueued_time{};
    std::string device_id{};
    std::string module_id{}; // empty: the device's own
    std::string generation_id{};
    std::string auth_method{};           // JSON text
    text_properties system_properties{}; // "message-id", "content-type" …
    text_properties properties{};
    std::string body{};
};

// Which events are wanted.
struct event_query {
    std::string device_id{};                // empty: of any device
    std::optional<std::string> module_id{}; // "": the device's own; nothing: those and its modules'
    std::string after{};     // an earlier page's `next`; "now"; empty: from the oldest
    std::size_t limit = 100; // up to 1,000

    // Waits until there are `count` events, or for `wait`. 0: takes what there is.
    std::size_t count = 0;
    std::chrono::milliseconds wait = std::chrono::seconds(30);
};

struct event_page {
    std::vector<received_event> events{}; // the oldest first
    std::string next{};                   // for event_query::after
};

// A message to a device, or to a module (of an `input`, where that is not empty).
struct cloud_message {
    std::string body{};
    text_properties properties{};
    std::string message_id{};
    std::string correlation_id{};
    std::string user_id{};
    std::string content_type{};
    std::string content_encoding{};
    std::string ack = "none"; // or positive, negative, full
    std::string input{};
    std::optional<std::chrono::system_clock::time_point> expiry{}; // nothing: after an hour
};

// How the connections of a device or module came and went.
struct connection_state {
    std::string device_id{};
    std::string module_id{};
    bool connected = false;
    std::string transport{}; // "mqtt", "mqtt-ws"; empty: it never was connected
    std::string address{};   // "127.0.0.1:51234"
    std::optional<std::chrono::system_clock::time_point> connected_time{};
    std::optional<std::chrono::system_clock::time_point> disconnected_time{};
    std::string disconnect_reason{}; // of the last connection that ended
    std::optional<std::chrono::system_clock::time_point> refused_time{};
    std::string refusal_reason{}; // of the last one that was refused
};

enum class reset_to { empty, seed };

} // namespace iothub
