#pragma once
// The locks of a queue whose receivers compete (service API §7.3, §7.4): what one has received is
// locked for it until it is completed or abandoned, or the lock ends. Locks and counts of
// deliveries do not outlast the hub. Base of locked_queue, which says what is in the queue.

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"
#include "common/timestamp.hpp"
#include "emulator/core/timed.hpp"

namespace iothub::core {

class clock;
class id_source;

struct lock_settings {
    std::chrono::seconds lock{60};
    std::chrono::seconds time_to_live{3600};
    std::uint32_t max_delivery_count = 10; // what was abandoned so often is dropped
};

class queue_locks : public timed {
public:
    // Whoever waits for something to receive: told as long as it lives, and not within the call
    // that made it available. It may receive from within.
    class watcher {
    public:
        virtual ~watcher() = default;
        virtual void available() = 0;
    };
    void watch(std::weak_ptr<watcher> one) { watchers_.push_back(std::move(one)); }

    // Something was added.
    void added() { news_ = true; }

    // All three: device_message_lock_lost where the lock has ended, or never was.
    result<> complete(std::string_view lock_token);
    result<> abandon(std::string_view lock_token);   // it waits again
    result<> give_back(std::string_view lock_token); // likewise, and that does not count

    // Ends of locks, and news for watchers. What a watcher throws leaves advance().
    std::optional<timestamp> next_deadline() const override;
    void advance(timestamp now) override;

    // The turn was kept; or it was not: locks and counts are as before it.
    void turn_committed() { before_turn_.reset(); }
    void turn_failed();

protected:
    queue_locks(const core::clock& clock, id_source& ids, lock_settings settings);
    ~queue_locks() = default;

    // Takes a record out of what is kept.
    virtual void remove(std::uint64_t number) = 0;

    // Locks them all, and gives the token.
    std::string lock(std::vector<std::uint64_t> numbers);
    std::set<std::uint64_t> locked(); // now
    timestamp oldest_alive() const;   // what is not younger is over
    void drop(std::uint64_t number);

private:
    struct lock_of_some {
        std::vector<std::uint64_t> numbers;
        timestamp until;
    };
    struct state {
        std::map<std::string, lock_of_some, std::less<>> locks; // by their tokens
        std::map<std::uint64_t, std::uint32_t> delivery_counts; // of records that were abandoned
    };

    void about_to_change();
    void end_locks(timestamp now);
    result<std::vector<std::uint64_t>> unlock(std::string_view lock_token);
    void tell_watchers();

    const core::clock& clock_;
    id_source& ids_;
    lock_settings settings_;
    state now_;
    std::optional<state> before_turn_; // where the turn has changed it
    std::vector<std::weak_ptr<watcher>> watchers_;
    bool news_ = false;
};

} // namespace iothub::core
