#pragma once
// A telemetry message, device to cloud.

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

} // namespace iothub
