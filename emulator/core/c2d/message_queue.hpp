#pragma once
// The order, the locks and the times of one queue of cloud-to-device messages, without what they
// say. Used by c2d_service, which keeps the store in step with it.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/core/store.hpp"

namespace iothub::core {

// Who holds a lock: a link gives it back when its session ends, whoever polls does not.
enum class receiver { link, poller };

struct queue_entry {
    waiting_message waiting;
    std::string lock_token; // empty: not locked
    timestamp locked_until = never;
    receiver locked_by = receiver::poller;
    bool delivered_before = false;

    bool is_locked() const { return !lock_token.empty(); }
};

class message_queue {
public:
    // As the store has it. Messages that were known keep their locks.
    void load(const queue_state& kept);

    std::uint64_t take_number() { return ++last_number_; }
    void add(const waiting_message& message) { entries_.emplace_back().waiting = message; }
    void remove(std::uint64_t number);

    const std::vector<queue_entry>& entries() const { return entries_; } // in their order
    std::size_t depth() const { return entries_.size(); }
    queue_entry* find(std::uint64_t number);
    queue_entry* find_locked(std::string_view token);

    // Messages that nobody has locked and whose time is not over, in their order.
    std::vector<std::uint64_t> free(timestamp now) const;

    // Messages that nobody has locked and whose time is over.
    std::vector<std::uint64_t> expired(timestamp now) const;

    // Unlocks what links hold; what was locked until `now` at the latest.
    void end_link_locks();
    void end_locks(timestamp now);

    // The next end of a lock, or of the time of a message that is not locked.
    std::optional<timestamp> next_deadline() const;

private:
    std::uint64_t last_number_ = 0;
    std::vector<queue_entry> entries_;
};

void lock(queue_entry& entry, std::string token, timestamp until, receiver by);
void unlock(queue_entry& entry);

} // namespace iothub::core
