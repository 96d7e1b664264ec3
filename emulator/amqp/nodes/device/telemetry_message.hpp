#pragma once
// What a device sends, as the events that it becomes (device protocol §2.5; service API §7.6).
// Called by the telemetry node.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"
#include "emulator/amqp/values/message.hpp"
#include "emulator/core/messaging/device_message.hpp"

namespace iothub::amqp {

inline constexpr std::size_t max_batch_messages = 10'000;

struct telemetry_message {
    core::device_message content; // whose body is to be set: it refers to `body`
    std::string body;
};

// Properties get the names that events have them under; the hub's own names are left out, and user
// properties that have no text (lists, maps, binaries). argument_invalid where the body is none.
result<telemetry_message> read_telemetry(const message& from);

// A transfer: one message, or a batch of them. Errors: argument_invalid, and message_too_large
// where they have more than 256 KiB together.
result<std::vector<telemetry_message>> read_telemetry(std::string_view encoded,
                                                      std::uint32_t format);

} // namespace iothub::amqp
