#pragma once
// A message as the user gets it, from the topic and the payload of its PUBLISH (device protocol
// §1.4.2); event_topic is the way out.

#include <string>

#include "common/c2d_topics.hpp"
#include "iothub/message.hpp"

namespace iothub::client {

// System properties that have no member in received_message are left out.
received_message incoming_message(topics::message topic, std::string payload);

} // namespace iothub::client
