#pragma once
// What is in use of a table, ready made: reading it from its row costs several times more than
// copying it. The table (identity_table, twin_table) fills and empties it. Bounded by the text that
// its values were read from or are written as.

#include <cstddef>
#include <unordered_map>
#include <utility>

#include "common/identity_key.hpp"

namespace iothub::storage {

template <class Value, std::size_t Bytes>
class row_cache {
public:
    static constexpr std::size_t max_text_bytes = Bytes;

    // Null where it is not known here.
    Value* find(const identity_key& key) {
        const auto found = entries_.find(key);
        return found == entries_.end() ? nullptr : &found->second.value;
    }

    // In place of what is known of its key. Forgets all others first where there is no room, and
    // does not take what alone is too large.
    void keep(Value value, std::size_t text_bytes) {
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

    void forget(const identity_key& key) { // a device alone
        if (const auto found = entries_.find(key); found != entries_.end()) {
            text_bytes_ -= found->second.text_bytes;
            entries_.erase(found);
        }
    }

    void forget_all() {
        entries_.clear();
        text_bytes_ = 0;
    }

private:
    struct entry {
        Value value;
        std::size_t text_bytes = 0;
    };

    std::unordered_map<identity_key, entry> entries_;
    std::size_t text_bytes_ = 0;
};

} // namespace iothub::storage
