#include "emulator/storage/sqlite/tables/twin_cache.hpp"

#include <utility>

namespace iothub::storage {

const core::twin* twin_cache::find(const identity_key& key) const {
    const auto found = entries_.find(key);
    return found == entries_.end() ? nullptr : &found->second.value;
}

void twin_cache::keep(core::twin value, std::size_t text_bytes) {
    forget(value.key);
    if (text_bytes > max_text_bytes) {
        return;
    }
    if (text_bytes_ + text_bytes > max_text_bytes) {
        forget_all();
    }
    identity_key key = value.key;
    entries_.emplace(std::move(key), entry{std::move(value), text_bytes});
    text_bytes_ += text_bytes;
}

void twin_cache::forget(const identity_key& key) {
    const auto found = entries_.find(key);
    if (found != entries_.end()) {
        text_bytes_ -= found->second.text_bytes;
        entries_.erase(found);
    }
}

void twin_cache::forget_all() {
    entries_.clear();
    text_bytes_ = 0;
}

} // namespace iothub::storage
