#pragma once
// The fields of AMQP's properties section under the names that the hub has for them. Used by what
// makes messages of events and of cloud-to-device messages.

#include <string>
#include <string_view>

#include "emulator/amqp/values/message.hpp"

namespace iothub::amqp {

// "message-id", "content-type" …; false where the section has no such field, or the text of
// "absolute-expiry-time" is no time.
bool put_field(message_properties& into, std::string_view name, std::string text);

} // namespace iothub::amqp
