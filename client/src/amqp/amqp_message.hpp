#pragma once
// A message of AMQP 1.0 (part 3 §3.2) as back ends send and receive it, and its encoding. Used by
// service_client and event_consumer.

#include <optional>
#include <string>
#include <string_view>

#include "client/src/amqp/amqp_value.hpp"

namespace iothub::client {

struct amqp_message {
    // Empty and nothing: not there. An id that is no string reads as its text.
    std::string message_id{};
    std::string correlation_id{};
    std::string user_id{};
    std::string to{};
    std::string reply_to{};
    std::string content_type{};
    std::string content_encoding{};
    std::optional<hub_time> expiry{};

    amqp_map annotations{};
    amqp_map application_properties{};

    std::string body{};                // of the data section, or of a value that is a text
    std::optional<std::string> text{}; // sent as a value in place of `body`
    amqp_map value{};                  // read: of a value that is a map
};

std::string encode(const amqp_message& what);

// A section that cannot be read is left out, as Proton does it; protocol_error where it gives up.
amqp_message decode(std::string_view bytes);

} // namespace iothub::client
