#pragma once
// Who reads feedback (service API §7.3; rows C03, C04): receivers compete for batches of records,
// each of which is locked for the one that got it until it is completed or abandoned, or the lock
// ends. What is kept is the store's (see feedback_log); locks and counts of deliveries do not
// outlast the hub. Used by http/api/feedback.
//
// Functions that read the store throw store_fault: receive() and abandon().

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"
#include "emulator/core/c2d/message.hpp"
#include "emulator/core/timed.hpp"

namespace iothub::core {

class clock;
class id_source;
class store;

struct feedback_settings {
    std::chrono::seconds lock{60};
    std::chrono::seconds time_to_live{3600};
    std::uint32_t max_delivery_count = 10; // a record that was abandoned so often is dropped
};

struct feedback_batch {
    std::string lock_token; // a GUID
    timestamp enqueued = never;
    std::vector<feedback_record> records; // oldest first
};

class feedback_queue final : public timed {
public:
    static constexpr std::size_t max_batch = 64;

    feedback_queue(core::store& store, const core::clock& clock, id_source& ids,
                   feedback_settings settings = {});

    // Called when there may be something to receive that was not there before.
    void when_available(std::function<void()> observer) { available_ = std::move(observer); }

    // A record was added.
    void added() { available_(); }

    // The oldest records that nobody has locked, `most` at most and never more than max_batch;
    // nothing where none waits. Records whose time is over are dropped.
    std::optional<feedback_batch> receive(std::size_t most = max_batch);

    // Both: device_message_lock_lost where the lock has ended, or never was.
    result<> complete(std::string_view lock_token);
    result<> abandon(std::string_view lock_token); // the records wait again

    // Ends of locks.
    std::optional<timestamp> next_deadline() const override;
    void advance(timestamp now) override;

    // The turn was kept; or it was not: locks and counts are as before it.
    void turn_committed() { before_turn_.reset(); }
    void turn_failed();

private:
    struct locked_batch {
        std::vector<std::uint64_t> numbers;
        timestamp until;
    };
    struct state {
        std::map<std::string, locked_batch, std::less<>> locks; // by their tokens
        std::map<std::uint64_t, std::uint32_t> delivery_counts; // of records that were abandoned
    };

    void about_to_change();
    void end_locks(timestamp now);
    result<std::vector<std::uint64_t>> unlock(std::string_view lock_token);
    std::vector<feedback_record> take(std::size_t most);
    void drop(std::uint64_t number);

    core::store& store_;
    const core::clock& clock_;
    id_source& ids_;
    feedback_settings settings_;
    std::function<void()> available_ = [] {};
    state now_;
    std::optional<state> before_turn_; // where the turn has changed it
};

} // namespace iothub::core
