#include "emulator/core/c2d/feedback_document.hpp"

#include "common/json.hpp"
#include "emulator/core/c2d/message.hpp"

namespace iothub::core {

json feedback_document(const feedback_record& record) {
    json document = json::object();
    if (!record.original_message_id.empty()) {
        document["originalMessageId"] = record.original_message_id;
    }
    document["description"] = outcome_text(record.outcome);
    document["deviceGenerationId"] = record.device_generation_id;
    document["deviceId"] = record.device_id;
    document["enqueuedTimeUtc"] = iso_8601(record.enqueued);
    document["statusCode"] = outcome_text(record.outcome);
    return document;
}

json feedback_document(const std::vector<feedback_record>& records) {
    json list = json::array();
    for (const feedback_record& record : records) {
        list.push_back(feedback_document(record));
    }
    return list;
}

} // namespace iothub::core
