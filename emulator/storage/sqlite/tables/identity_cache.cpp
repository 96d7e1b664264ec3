#include "emulator/storage/sqlite/tables/identity_cache.hpp"

namespace iothub::storage {

core::identity* identity_cache::find(const identity_key& key) {
    const auto found = entries_.find(key);
    return found == entries_.end() ? nullptr : &found->second.value;
}

void identity_cache::keep(const core::identity& value, std::size_t text_bytes) {
    if (text_bytes > max_text_bytes) {
        return;
    }
    if (text_bytes_ + text_bytes > max_text_bytes) {
        forget_all();
    }
    text_bytes_ += entries_.emplace(value.key, entry{value, text_bytes}).second ? text_bytes : 0;
}

void identity_cache::forget(const identity_key& key) {
    if (const auto found = entries_.find(key); found != entries_.end()) {
        text_bytes_ -= found->second.text_bytes;
        entries_.erase(found);
    }
}

void identity_cache::forget_all() {
    entries_.clear();
    text_bytes_ = 0;
}

} // namespace iothub::storage
