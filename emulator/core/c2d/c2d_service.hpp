#pragma once
// The queues of cloud-to-device messages (service API §7.2; rows C05, C06): one for every device
// and module, kept over restarts. A message is enqueued, locked for a receiver ("invisible"), and
// completed, or enqueued again by abandoning or by the end of its lock, or dead-lettered. Locks do
// not outlast the hub. A message whose time is over while it is locked ends with its lock, unless
// it is settled before.
//
// Receivers that poll call receive(); those that are connected and want messages are device_links:
// the service delivers to them as messages come, while they take them.
//
// Functions that read the store throw store_fault: all but forget(), offline(), give_back()
// and next_deadline().

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "common/identity_key.hpp"
#include "common/result.hpp"
#include "emulator/core/c2d/feedback_log.hpp"
#include "emulator/core/c2d/message.hpp"
#include "emulator/core/c2d/message_queue.hpp"
#include "emulator/core/deadlines.hpp"
#include "emulator/core/timed.hpp"

namespace iothub::core {

class clock;
class device_link;
enum class delivery_answer;
class id_source;
class session_table;
class store;

inline constexpr std::size_t max_c2d_queue_depth = 50; // messages that have not ended

struct c2d_settings {
    std::chrono::seconds time_to_live{3600};
    std::uint32_t max_delivery_count = 10; // a message that was abandoned so often is dead
    std::chrono::seconds lock{60};
    std::size_t max_feedback_records = 10'000; // the oldest go first
};

// One message that waits, as the management API shows it.
struct queued_message {
    c2d_message message;
    bool locked = false;
};

class c2d_service final : public timed {
public:
    using end_observer =
        std::function<void(const identity_key&, std::uint64_t sequence_number, c2d_outcome)>;

    c2d_service(core::store& store, session_table& sessions, const core::clock& clock,
                id_source& ids, c2d_settings settings = {});

    // Called after each end of a message.
    void when_ended(end_observer observer) { observer_ = std::move(observer); }

    // Gives the message its sequence number and times, and delivers it where somebody takes it. An
    // expiry that has passed ends it at once (Expired). Errors: device_not_found,
    // device_maximum_queue_depth_exceeded (50 wait), and those of check_message().
    result<c2d_message> enqueue(const identity_key& target, c2d_message message);

    // The oldest message that is not locked, locked for the hub's lock time; nothing where none
    // waits.
    std::optional<c2d_delivery> receive(const identity_key& who);

    // device_message_lock_lost where the lock has ended, or never was.
    result<> settle(const identity_key& who, std::string_view lock_token, settlement how);

    // The identity's link takes messages now, or has room again: what waits is delivered.
    void online(const identity_key& who);

    // Its session has ended: what was delivered to the link and not settled waits again.
    void offline(const identity_key& who);

    // Likewise, of one message, unless its lock has ended.
    void give_back(const identity_key& who, std::string_view lock_token);

    // How many wait, those included that are locked.
    std::size_t count(const identity_key& who);

    // Everything that waits, oldest first.
    std::vector<queued_message> list(const identity_key& who);

    // Ends all messages of the queue, locked ones too (Purged); how many there were.
    std::size_t purge(const identity_key& who);

    // The identity is gone, and its queue with it (the store has dropped it already); with a device
    // also those of its modules.
    void forget(const identity_key& who);

    // Records of ended messages whose senders wanted them, oldest first.
    std::vector<feedback_record> feedback(std::size_t limit) const { return feedback_.list(limit); }

    // Ends of locks and of messages' time to live.
    std::optional<timestamp> next_deadline() const override { return deadlines_.next(); }
    void advance(timestamp now) override;

    // The turn was kept; or it was not: what it changed is read again.
    void turn_committed() { changed_.clear(); }
    void turn_failed();

private:
    // One use of a queue: reads it where it is not known, lets time pass for it, and sets its next
    // deadline in the end.
    class visit;

    c2d_message put(const identity_key& target, message_queue& queue, c2d_message message);
    std::optional<c2d_delivery> offer(const identity_key& who, message_queue& queue,
                                      std::uint64_t number);
    void lock_for(receiver by, message_queue& queue, const c2d_delivery& delivery);
    void deliver_all(const identity_key& who, message_queue& queue);
    delivery_answer deliver(device_link& link, const identity_key& who, message_queue& queue,
                            std::uint64_t number);
    void abandon(const identity_key& who, message_queue& queue, queue_entry& entry);
    void end(const identity_key& who, message_queue& queue, std::uint64_t number,
             c2d_outcome outcome);
    void end_expired(const identity_key& who, message_queue& queue, timestamp now);
    void set_deadline(const identity_key& who);

    core::store& store_;
    session_table& sessions_;
    const core::clock& clock_;
    id_source& ids_;
    c2d_settings settings_;
    feedback_log feedback_;
    end_observer observer_ = [](const identity_key&, std::uint64_t, c2d_outcome) {};
    std::map<identity_key, message_queue> queues_; // those with messages
    deadlines<identity_key> deadlines_;
    std::set<identity_key> changed_; // in this turn
    std::set<identity_key> unread_;  // of those that a lost turn changed: what waits is not known
};

} // namespace iothub::core
