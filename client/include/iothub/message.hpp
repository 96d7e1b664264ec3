#pragma once
// Messages: telemetry, device to cloud, and what a device or module receives.

#include <functional>
#include <map>
#include <string>

namespace iothub {

struct message {
    // Any bytes, also none. Body and properties together: at most 256 KiB (262144 bytes), and the
    // properties, percent-encoded, at most about 64 KB, since they travel in the MQTT topic.
    std::string body{};

    // The application's own; keys that begin with "$." are refused.
    std::map<std::string, std::string> properties{};

    // System properties; an empty one is not sent.
    std::string message_id{};
    std::string correlation_id{};
    std::string content_type{};     // "application/json" lets the hub route on the body …
    std::string content_encoding{}; // … where this is "utf-8"
};

// A message from the cloud, or on an input of a module. It can be sent on as telemetry.
struct received_message : message {
    std::string to{}; // "/devices/d/messages/deviceBound"
    std::string user_id{};
    std::string expiry_time{}; // "2030-01-01T00:00:00.0000000Z"; empty where it has none
    std::string input_name{};  // of a module's input; empty: none

    // Who sent it to the input; empty where nobody is told.
    std::string connection_device_id{};
    std::string connection_module_id{};
};

using message_handler = std::function<void(const received_message&)>;

} // namespace iothub
