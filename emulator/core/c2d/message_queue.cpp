#include "emulator/core/c2d/message_queue.hpp"

#include <algorithm>
#include <utility>

namespace iothub::core {

namespace {

std::uint64_t number_of(const queue_entry& entry) {
    return entry.waiting.sequence_number;
}

std::optional<timestamp> earlier(std::optional<timestamp> one, timestamp other) {
    return one ? std::min(*one, other) : other;
}

} // namespace

void message_queue::load(const queue_state& kept) {
    last_number_ = kept.last_sequence_number;
    std::vector<queue_entry> loaded;
    for (const waiting_message& waiting : kept.messages) {
        const queue_entry* known = find(waiting.sequence_number);
        loaded.push_back(known == nullptr ? queue_entry{} : *known);
        loaded.back().waiting = waiting;
    }
    entries_ = std::move(loaded);
}

void message_queue::remove(std::uint64_t number) {
    std::erase_if(entries_, [number](const auto& entry) { return number_of(entry) == number; });
}

queue_entry* message_queue::find(std::uint64_t number) {
    const auto found = std::ranges::find(entries_, number, number_of);
    return found == entries_.end() ? nullptr : &*found;
}

queue_entry* message_queue::find_locked(std::string_view token) {
    const auto found = std::ranges::find(entries_, token, &queue_entry::lock_token);
    return token.empty() || found == entries_.end() ? nullptr : &*found;
}

std::vector<std::uint64_t> message_queue::free(timestamp now) const {
    std::vector<std::uint64_t> numbers;
    for (const queue_entry& entry : entries_) {
        if (!entry.is_locked() && entry.waiting.expiry > now) {
            numbers.push_back(number_of(entry));
        }
    }
    return numbers;
}

std::vector<std::uint64_t> message_queue::expired(timestamp now) const {
    std::vector<std::uint64_t> numbers;
    for (const queue_entry& entry : entries_) {
        if (!entry.is_locked() && entry.waiting.expiry <= now) {
            numbers.push_back(number_of(entry));
        }
    }
    return numbers;
}

void message_queue::end_link_locks() {
    for (queue_entry& entry : entries_) {
        if (entry.is_locked() && entry.locked_by == receiver::link) {
            unlock(entry);
        }
    }
}

void message_queue::end_locks(timestamp now) {
    for (queue_entry& entry : entries_) {
        if (entry.is_locked() && entry.locked_until <= now) {
            unlock(entry);
        }
    }
}

std::optional<timestamp> message_queue::next_deadline() const {
    std::optional<timestamp> next;
    for (const queue_entry& entry : entries_) {
        next = earlier(next, entry.is_locked() ? entry.locked_until : entry.waiting.expiry);
    }
    return next;
}

void lock(queue_entry& entry, std::string token, timestamp until, receiver by) {
    entry.lock_token = std::move(token);
    entry.locked_until = until;
    entry.locked_by = by;
}

void unlock(queue_entry& entry) {
    entry.lock_token.clear();
    entry.delivered_before = true;
}

} // namespace iothub::core
