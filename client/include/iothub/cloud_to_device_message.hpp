#pragma once
// A message from a back end to a device or module, as service_client::send takes it.

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "iothub/identities.hpp"

namespace iothub {

// Of which ends of a message its sender is told, through feedback_receiver.
enum class delivery_acknowledgement {
    none,
    positive, // it was completed
    negative, // it expired, was rejected, or delivered too often
    full,     // both
};

std::string_view to_string(delivery_acknowledgement wanted); // "positive"

struct cloud_to_device_message {
    // Any bytes, also none. Body and properties together: at most 64 KiB.
    std::string body{};

    std::map<std::string, std::string> properties{}; // the application's own

    // System properties; an empty one is not sent.
    std::string message_id{}; // what feedback names the message by
    std::string correlation_id{};
    std::string user_id{};
    std::string content_type{};     // ASCII
    std::string content_encoding{}; // ASCII

    // Until when it may be delivered; nothing: as long as the hub keeps it, an hour.
    std::optional<hub_time> expiry_time{};

    delivery_acknowledgement acknowledgement = delivery_acknowledgement::none;
};

} // namespace iothub
