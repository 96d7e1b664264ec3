#include "emulator/core/sessions/connection_journal.hpp"

#include <algorithm>

namespace iothub::core {

void connection_journal::opened(const identity_key& key, connection_origin origin, timestamp now) {
    entry& one = find_or_add(key);
    if (!one.record.connected) {
        idle_.erase(one.idle);
    }
    one.record.connected = true;
    one.record.origin = std::move(origin);
    one.record.connected_since = now;
}

void connection_journal::closed(const identity_key& key, std::string_view reason, timestamp now) {
    entry& one = find_or_add(key);
    if (one.record.connected) {
        one.idle = idle_.insert(idle_.begin(), key);
    }
    one.record.connected = false;
    one.record.disconnected_at = now;
    one.record.disconnect_reason = reason;
    changed(one);
}

void connection_journal::refused(const identity_key& key, std::string_view reason, timestamp now) {
    entry& one = find_or_add(key);
    one.record.refused_at = now;
    one.record.refusal_reason = reason;
    changed(one);
}

void connection_journal::clear() {
    for (const identity_key& key : idle_) {
        entries_.erase(key);
    }
    idle_.clear();
}

std::vector<connection_record> connection_journal::records() const {
    std::vector<connection_record> all;
    for (const auto& [key, one] : entries_) {
        all.push_back(one.record);
    }
    std::ranges::sort(all, {}, &connection_record::key);
    return all;
}

std::optional<connection_record> connection_journal::find(const identity_key& key) const {
    const auto found = entries_.find(key);
    return found == entries_.end() ? std::nullopt : std::optional(found->second.record);
}

connection_journal::entry& connection_journal::find_or_add(const identity_key& key) {
    const auto [place, added] = entries_.try_emplace(key);
    if (added) {
        place->second.record.key = key;
        place->second.idle = idle_.insert(idle_.begin(), key);
    }
    return place->second;
}

void connection_journal::changed(entry& one) {
    if (!one.record.connected) {
        idle_.splice(idle_.begin(), idle_, one.idle);
    }
    make_room();
}

void connection_journal::make_room() {
    while (idle_.size() > max_idle_records) {
        entries_.erase(idle_.back());
        idle_.pop_back();
    }
}

} // namespace iothub::core
