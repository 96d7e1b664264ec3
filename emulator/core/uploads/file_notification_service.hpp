#pragma once
// Notifications of uploaded files (service API §7.4; row F01): where the configuration wants them,
// each upload that a device reports as done gets one. The storage is asked for the blob's size
// first, one blob at a time. Called by http/api/file_uploads; the queue is read over AMQP.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "common/identity_key.hpp"
#include "common/log.hpp"
#include "common/result.hpp"
#include "emulator/core/timed.hpp"
#include "emulator/core/uploads/file_notification_queue.hpp"
#include "emulator/core/uploads/upload_service.hpp"

namespace iothub::core {

class blob_container;
class blob_containers;
struct blob_piece;

class file_notification_service final : public timed {
public:
    // All of them outlive it. Throws store_fault.
    file_notification_service(core::store& store, const core::clock& clock, id_source& ids,
                              iothub::log& log, std::optional<blob_storage> storage);
    ~file_notification_service();

    // How the storage is reached; until then sizes are 0. The seam outlives the service, or
    // interrupt().
    void reach(blob_containers& containers) { containers_ = &containers; }

    bool enabled() const { return storage_.has_value(); }

    // The device or module has put this blob (upload_service::finish). Nothing happens unless
    // notifications are enabled.
    void uploaded(const identity_key& who, const std::string& blob_name);

    file_notification_queue& queue() { return queue_; }

    // Asks the storage nothing any more, for good: what has no size is asked for at the next start.
    void interrupt();

    void clear();

    std::optional<timestamp> next_deadline() const override;
    void advance(timestamp now) override;

    void turn_committed() { queue_.turn_committed(); }
    void turn_failed() { queue_.turn_failed(); } // throws store_fault

private:
    bool has_to_ask() const;
    void ask_for_size(const file_notification& what);
    result<std::unique_ptr<blob_container>> open(const std::string& blob_name) const;
    void answered(const file_notification& what, const result<blob_piece>& answer);
    std::string container_uri() const;

    const core::clock& clock_;
    iothub::log& log_;
    std::optional<blob_storage> storage_; // where notifications are wanted
    file_notification_queue queue_;
    blob_containers* containers_ = nullptr;
    std::unique_ptr<blob_container> asked_; // where an answer is due
    bool interrupted_ = false;
};

} // namespace iothub::core
