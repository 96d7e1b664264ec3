#include "emulator/amqp/nodes/service/file_notifications.hpp"

#include "common/json.hpp"
#include "emulator/amqp/nodes/service/queue_reader.hpp"
#include "emulator/core/uploads/file_notification_service.hpp"

namespace iothub::amqp {

attach_answer attach_file_notifications(const context& lent, link& which) {
    core::hub& hub = lent.hub;
    core::file_notification_service& uploads = hub.file_notifications();
    if (!uploads.enabled()) {
        lent.write_log(log_level::info, lent.peer.address,
                       "waits for file notifications, of which there are none: blobStorage of the "
                       "configuration does not ask for them");
    }
    const auto next = [&hub, &uploads]() -> std::optional<locked_message> {
        const auto batch = uploads.queue().receive(1);
        if (!batch) {
            return std::nullopt;
        }
        const json document = core::file_notification_document(batch->records.front());
        return locked_message{
            batch->lock_token,
            queue_message(hub, document, core::file_notification_content_type, batch->enqueued)};
    };
    return attach_queue_reader(lent, which, uploads.queue(), next);
}

} // namespace iothub::amqp
