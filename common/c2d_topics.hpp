#pragma once
// The MQTT topics of messages to devices and to inputs of modules (device protocol §1.4.2). The
// emulator writes them, our clients read them; part of common/hub_topics.

#include <optional>
#include <string>
#include <string_view>

#include "common/identity_key.hpp"
#include "common/property_bag.hpp"

namespace iothub::topics {

// "devices/d/" or "devices/d/modules/m/": what the topics of an identity begin with.
std::string identity_prefix(const identity_key& self);

// System properties bear the names of topics ("$.mid") and must come first.
std::string c2d_topic(const identity_key& target, const property_bag& properties);
std::string input_topic(const identity_key& target, std::string_view input,
                        const property_bag& properties);

// A message that the hub sends.
struct message {
    std::string input; // of a module; empty: none
    property_bag properties;
};

// Nothing where the topic is that of no message.
std::optional<message> parse_message(std::string_view topic);

} // namespace iothub::topics
