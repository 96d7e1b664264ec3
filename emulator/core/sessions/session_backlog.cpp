#include "emulator/core/sessions/session_backlog.hpp"

#include <algorithm>
#include <iterator>

#include "emulator/core/store.hpp"

namespace iothub::core {

activity* session_backlog::find(const identity_key& key) {
    const auto found = waiting_.find(key);
    return found == waiting_.end() ? nullptr : &found->second;
}

const activity* session_backlog::find(const identity_key& key) const {
    const auto found = waiting_.find(key);
    return found == waiting_.end() ? nullptr : &found->second;
}

// The modules of a device follow it.
void session_backlog::forget(const identity_key& key) {
    const auto first = waiting_.lower_bound(key);
    const auto last = std::find_if_not(first, waiting_.end(),
                                       [&](const auto& one) { return key.covers(one.first); });
    waiting_.erase(first, last);
}

const session_backlog::record* session_backlog::find_record(const std::string& name) const {
    const auto found = records_.find(name);
    return found == records_.end() ? nullptr : &found->second;
}

std::optional<timestamp> session_backlog::next_deadline() const {
    return waiting_.empty() && records_.empty() ? std::nullopt : std::optional(next_);
}

void session_backlog::write(store& to, timestamp now) {
    written_ = std::min(waiting_.size(), max_at_once);
    const auto end = std::next(waiting_.begin(), static_cast<std::ptrdiff_t>(written_));
    for (auto one = waiting_.begin(); one != end; ++one) {
        to.put_activity(one->first, one->second);
    }
    for (const auto& [name, value] : records_) {
        if (value) {
            to.put_record(name, *value);
        } else {
            to.remove_record(name);
        }
    }
    next_ = now + pause;
}

void session_backlog::kept() {
    waiting_.erase(waiting_.begin(),
                   std::next(waiting_.begin(), static_cast<std::ptrdiff_t>(written_)));
    written_ = 0;
    records_.clear();
    if (!waiting_.empty()) {
        next_ = never; // the others follow at once
    }
}

} // namespace iothub::core
