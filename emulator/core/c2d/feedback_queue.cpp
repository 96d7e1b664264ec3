#include "emulator/core/c2d/feedback_queue.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "emulator/core/clock.hpp"
#include "emulator/core/id_source.hpp"
#include "emulator/core/store.hpp"

namespace iothub::core {

feedback_queue::feedback_queue(core::store& store, const core::clock& clock, id_source& ids,
                               feedback_settings settings)
    : store_(store)
    , clock_(clock)
    , ids_(ids)
    , settings_(settings) {}

std::optional<feedback_batch> feedback_queue::receive(std::size_t most) {
    end_locks(clock_.now());
    feedback_batch batch;
    batch.records = take(std::min(most, max_batch));
    if (batch.records.empty()) {
        return std::nullopt;
    }
    batch.lock_token = make_guid(ids_);
    batch.enqueued = batch.records.back().enqueued;
    about_to_change();
    locked_batch& locked = now_.locks[batch.lock_token];
    locked.until = clock_.now() + settings_.lock;
    for (const feedback_record& record : batch.records) {
        locked.numbers.push_back(record.sequence_number);
    }
    return batch;
}

// The oldest records that are not locked. Reads as often as it finds records to drop.
std::vector<feedback_record> feedback_queue::take(std::size_t most) {
    std::set<std::uint64_t> locked;
    for (const auto& lock : now_.locks) {
        locked.insert(lock.second.numbers.begin(), lock.second.numbers.end());
    }
    const timestamp oldest = clock_.now() - settings_.time_to_live;
    for (bool dropped = true; dropped;) {
        dropped = false;
        std::vector<feedback_record> taken;
        for (feedback_record& record : store_.list_feedback(locked.size() + most)) {
            if (locked.contains(record.sequence_number)) {
                continue;
            }
            if (record.enqueued <= oldest) {
                drop(record.sequence_number);
                dropped = true;
            } else if (taken.size() < most) {
                taken.push_back(std::move(record));
            }
        }
        if (!dropped) {
            return taken;
        }
    }
    return {};
}

void feedback_queue::drop(std::uint64_t number) {
    about_to_change();
    now_.delivery_counts.erase(number);
    store_.remove_feedback(number);
}

result<> feedback_queue::complete(std::string_view lock_token) {
    const auto numbers = unlock(lock_token);
    if (!numbers) {
        return numbers.error();
    }
    for (const std::uint64_t number : *numbers) {
        drop(number);
    }
    return {};
}

result<> feedback_queue::abandon(std::string_view lock_token) {
    const auto numbers = unlock(lock_token);
    if (!numbers) {
        return numbers.error();
    }
    for (const std::uint64_t number : *numbers) {
        if (++now_.delivery_counts[number] >= settings_.max_delivery_count) {
            drop(number);
        }
    }
    available_();
    return {};
}

result<std::vector<std::uint64_t>> feedback_queue::unlock(std::string_view lock_token) {
    end_locks(clock_.now());
    const auto found = now_.locks.find(lock_token);
    if (found == now_.locks.end()) {
        return error{errc::device_message_lock_lost, "The lock of the feedback has ended.",
                     "feedback is settled that is not locked"};
    }
    about_to_change();
    auto numbers = std::move(found->second.numbers);
    now_.locks.erase(found);
    return numbers;
}

// What a lost turn brings back may have ended meanwhile; it does when it is looked at.
void feedback_queue::end_locks(timestamp now) {
    std::erase_if(now_.locks, [now](const auto& lock) { return lock.second.until <= now; });
}

std::optional<timestamp> feedback_queue::next_deadline() const {
    std::optional<timestamp> next;
    for (const auto& lock : now_.locks) {
        next = std::min(next.value_or(lock.second.until), lock.second.until);
    }
    return next;
}

void feedback_queue::advance(timestamp now) {
    const std::size_t before = now_.locks.size();
    end_locks(now);
    if (now_.locks.size() != before) {
        available_();
    }
}

void feedback_queue::about_to_change() {
    if (!before_turn_) {
        before_turn_ = now_;
    }
}

void feedback_queue::turn_failed() {
    if (const auto before = std::exchange(before_turn_, std::nullopt)) {
        now_ = *before;
    }
}

} // namespace iothub::core
