#pragma once
// The hub's request ids of direct methods, which are numbers, as the UUIDs that devices answer
// under (device protocol §2.8): Java and C take nothing else. Called by method_links.

#include <optional>
#include <string>
#include <string_view>

#include "emulator/amqp/values/value.hpp"

namespace iothub::amqp {

uuid method_uuid(std::string_view request_id);

// Of a uuid, or its text; nothing where it is none that method_uuid() made.
std::optional<std::string> method_request_id(const value& correlation_id);

} // namespace iothub::amqp
