#pragma once
// Several telemetry messages in one request (device protocol §3, "batch"):
// [{"body":"<base64>","base64Encoded":true,"properties":{"iothub-app-k":"v","iothub-messageid":"1"}}]

#include <string>
#include <vector>

#include "common/json_fwd.hpp"
#include "common/result.hpp"
#include "emulator/core/messaging/device_message.hpp"

namespace iothub::http {

inline constexpr std::string_view event_batch_type = "application/vnd.microsoft.iothub.json";
inline constexpr std::size_t max_batch_messages = 500;

struct batched_message {
    core::device_message message; // without its body
    std::string body;
};

// argument_invalid, with the number of the message, where the document is anything else.
result<std::vector<batched_message>> read_event_batch(const json& document);

} // namespace iothub::http
