#pragma once
// When identities connected, disconnected or were heard last, until that is kept; and while the
// store keeps nothing, what lasting sessions are subscribed to. It is written beside the turns, not
// in them: a device that connects waits for no disk, and is not cut off by one that is full.
// session_table fills it in, the hub lets it write at the end of a turn.

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "common/identity_key.hpp"
#include "emulator/core/registry/identity.hpp"

namespace iothub::core {

class store;

class session_backlog {
public:
    static constexpr std::size_t max_at_once = 1'000; // identities
    static constexpr std::chrono::seconds pause{1};   // between two writings, or attempts

    void put(const identity_key& key, const activity& value) {
        waiting_.insert_or_assign(key, value);
    }
    activity* find(const identity_key& key); // null where nothing waits
    const activity* find(const identity_key& key) const;
    void forget(const identity_key& key); // of a device, its modules as well

    using record = std::optional<std::string>; // nothing: it is to be removed

    void put_record(const std::string& name, record value) { records_[name] = std::move(value); }
    const record* find_record(const std::string& name) const; // null where nothing waits
    void forget_record(const std::string& name) { records_.erase(name); }
    void forget_records(std::string_view prefix) {
        std::erase_if(records_, [&](const auto& one) { return one.first.starts_with(prefix); });
    }

    // When write() should be called next; nothing while nothing waits.
    std::optional<timestamp> next_deadline() const;

    // Hands some to the store, whose commit must come next. Then one of these.
    void write(store& to, timestamp now);
    void kept();
    void not_kept() { written_ = 0; }

private:
    std::map<identity_key, activity> waiting_;
    std::map<std::string, record> records_;
    std::size_t written_ = 0; // of them, from the first on, and not committed
    timestamp next_ = never;
};

} // namespace iothub::core
