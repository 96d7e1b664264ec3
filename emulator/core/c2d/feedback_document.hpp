#pragma once
// Records of feedback as receivers get them, whatever the transport (service API §7.3).

#include <vector>

#include "common/json_fwd.hpp"

namespace iothub::core {

struct feedback_record;

inline constexpr const char* feedback_content_type =
    "application/vnd.microsoft.iothub.feedback.json";

// {"originalMessageId":"1","description":"Success","deviceGenerationId":"638…","deviceId":"d",
//  "enqueuedTimeUtc":"…","statusCode":"Success"}; without the first where the message had no id.
json feedback_document(const feedback_record& record);
json feedback_document(const std::vector<feedback_record>& records); // an array

} // namespace iothub::core
