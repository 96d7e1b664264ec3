#include "emulator/core/c2d/feedback_log.hpp"

#include "emulator/core/clock.hpp"
#include "emulator/core/store.hpp"

namespace iothub::core {

void feedback_log::add(const identity_key& target, const c2d_message& message,
                       c2d_outcome outcome) {
    const auto device = store_.find_identity({target.device_id, {}});
    if (!device) {
        return;
    }
    feedback_record record;
    if (const property* id = find_property(message.system_properties, "message-id")) {
        record.original_message_id = id->value.value_or("");
    }
    record.device_id = target.device_id;
    record.device_generation_id = device->generation_id;
    record.enqueued = clock_.now();
    record.outcome = outcome;
    store_.append_feedback(record, max_records_);
}

std::vector<feedback_record> feedback_log::list(std::size_t limit) const {
    return store_.list_feedback(limit);
}

} // namespace iothub::core
