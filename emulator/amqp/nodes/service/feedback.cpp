#include "emulator/amqp/nodes/service/feedback.hpp"

#include "common/json.hpp"
#include "emulator/amqp/nodes/service/queue_reader.hpp"
#include "emulator/core/c2d/feedback_document.hpp"
#include "emulator/core/c2d/feedback_queue.hpp"

namespace iothub::amqp {

attach_answer attach_feedback(const context& lent, link& which) {
    core::hub& hub = lent.hub;
    const auto next = [&hub]() -> std::optional<locked_message> {
        const auto batch = hub.feedback().receive();
        if (!batch) {
            return std::nullopt;
        }
        return locked_message{batch->lock_token,
                              queue_message(hub, core::feedback_document(batch->records),
                                            core::feedback_content_type, batch->enqueued)};
    };
    return attach_queue_reader(lent, which, hub.feedback(), next);
}

} // namespace iothub::amqp
