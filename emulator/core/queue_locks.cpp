#include "emulator/core/queue_locks.hpp"

#include <algorithm>
#include <utility>

#include "emulator/core/clock.hpp"
#include "emulator/core/id_source.hpp"

namespace iothub::core {

queue_locks::queue_locks(const core::clock& clock, id_source& ids, lock_settings settings)
    : clock_(clock)
    , ids_(ids)
    , settings_(settings) {}

std::string queue_locks::lock(std::vector<std::uint64_t> numbers) {
    about_to_change();
    std::string token = make_guid(ids_);
    now_.locks[token] = {std::move(numbers), clock_.now() + settings_.lock};
    return token;
}

std::set<std::uint64_t> queue_locks::locked() {
    end_locks(clock_.now());
    std::set<std::uint64_t> all;
    for (const auto& lock : now_.locks) {
        all.insert(lock.second.numbers.begin(), lock.second.numbers.end());
    }
    return all;
}

timestamp queue_locks::oldest_alive() const {
    return clock_.now() - settings_.time_to_live;
}

void queue_locks::drop(std::uint64_t number) {
    about_to_change();
    now_.delivery_counts.erase(number);
    remove(number);
}

result<> queue_locks::complete(std::string_view lock_token) {
    const auto numbers = unlock(lock_token);
    if (!numbers) {
        return numbers.error();
    }
    for (const std::uint64_t number : *numbers) {
        drop(number);
    }
    return {};
}

result<> queue_locks::abandon(std::string_view lock_token) {
    const auto numbers = unlock(lock_token);
    if (!numbers) {
        return numbers.error();
    }
    for (const std::uint64_t number : *numbers) {
        if (++now_.delivery_counts[number] >= settings_.max_delivery_count) {
            drop(number);
        }
    }
    news_ = true;
    return {};
}

result<> queue_locks::give_back(std::string_view lock_token) {
    const auto numbers = unlock(lock_token);
    if (!numbers) {
        return numbers.error();
    }
    news_ = true;
    return {};
}

result<std::vector<std::uint64_t>> queue_locks::unlock(std::string_view lock_token) {
    end_locks(clock_.now());
    const auto found = now_.locks.find(lock_token);
    if (found == now_.locks.end()) {
        return error{errc::device_message_lock_lost, "The lock has ended.",
                     "what is settled is not locked"};
    }
    about_to_change();
    auto numbers = std::move(found->second.numbers);
    now_.locks.erase(found);
    return numbers;
}

// What a lost turn brings back may have ended meanwhile; it does when it is looked at.
void queue_locks::end_locks(timestamp now) {
    if (std::erase_if(now_.locks, [now](const auto& lock) { return lock.second.until <= now; })) {
        news_ = true;
    }
}

std::optional<timestamp> queue_locks::next_deadline() const {
    if (news_ && !watchers_.empty()) {
        return never;
    }
    std::optional<timestamp> next;
    for (const auto& lock : now_.locks) {
        next = std::min(next.value_or(lock.second.until), lock.second.until);
    }
    return next;
}

void queue_locks::advance(timestamp now) {
    end_locks(now);
    if (std::exchange(news_, false)) {
        tell_watchers();
    }
}

// Who was told first is last the next time.
void queue_locks::tell_watchers() {
    std::erase_if(watchers_, [](const auto& one) { return one.expired(); });
    const auto all = watchers_;
    if (!watchers_.empty()) {
        std::ranges::rotate(watchers_, watchers_.begin() + 1);
    }
    for (const auto& one : all) {
        if (const auto alive = one.lock()) {
            alive->available();
        }
    }
}

void queue_locks::about_to_change() {
    if (!before_turn_) {
        before_turn_ = now_;
    }
}

void queue_locks::turn_failed() {
    if (const auto before = std::exchange(before_turn_, std::nullopt)) {
        now_ = *before;
        news_ = true;
    }
}

} // namespace iothub::core
