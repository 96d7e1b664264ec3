#pragma once
// A message that a device or module sends, in the terms of the event it becomes (service API §7.6),
// whatever transport carried it.

#include <string_view>

#include "common/property_bag.hpp"

namespace iothub::core {

// Of payload and properties together, as the transport counts them.
inline constexpr std::size_t max_device_message_bytes = 256 * 1024;

struct device_message {
    property_bag system_properties;      // "message-id", "content-type" …
    property_bag application_properties; // the sender's own
    std::string_view body;
};

} // namespace iothub::core
