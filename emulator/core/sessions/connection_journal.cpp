#include "emulator/core/sessions/connection_journal.hpp"

#include <algorithm>

namespace iothub::core {

void connection_journal::opened(const identity_key& key, connection_origin origin, timestamp now) {
    connection_record& record = touch(key);
    record.connected = true;
    record.origin = std::move(origin);
    record.connected_since = now;
}

void connection_journal::closed(const identity_key& key, std::string_view reason, timestamp now) {
    connection_record& record = touch(key);
    record.connected = false;
    record.disconnected_at = now;
    record.disconnect_reason = reason;
}

void connection_journal::refused(const identity_key& key, std::string_view reason, timestamp now) {
    connection_record& record = touch(key);
    record.refused_at = now;
    record.refusal_reason = reason;
}

void connection_journal::clear() {
    std::erase_if(of_identity_, [](const auto& entry) { return !entry.second->connected; });
    records_.remove_if([](const connection_record& record) { return !record.connected; });
}

std::vector<connection_record> connection_journal::records() const {
    std::vector<connection_record> all(records_.begin(), records_.end());
    std::ranges::sort(all, {}, &connection_record::key);
    return all;
}

std::optional<connection_record> connection_journal::find(const identity_key& key) const {
    const auto found = of_identity_.find(key);
    return found == of_identity_.end() ? std::nullopt : std::optional(*found->second);
}

connection_record& connection_journal::touch(const identity_key& key) {
    if (const auto found = of_identity_.find(key); found != of_identity_.end()) {
        records_.splice(records_.begin(), records_, found->second);
        return records_.front();
    }
    make_room();
    records_.emplace_front().key = key;
    of_identity_[key] = records_.begin();
    return records_.front();
}

// The one that has not changed for the longest goes, unless all are connected.
void connection_journal::make_room() {
    if (records_.size() < max_records) {
        return;
    }
    const auto oldest = std::ranges::find(records_.rbegin(), records_.rend(), false,
                                          &connection_record::connected);
    if (oldest != records_.rend()) {
        of_identity_.erase(oldest->key);
        records_.erase(std::next(oldest).base());
    }
}

} // namespace iothub::core
