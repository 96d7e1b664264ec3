#pragma once
// What is in use of a table, ready made: reading it from its row costs several times more than
// copying it. The table (identity_table, twin_table) fills and empties it. Bounded by the memory
// that its values take, as estimated from the text that they were read from or are written as.

#include <cstddef>
#include <unordered_map>
#include <utility>

#include "common/identity_key.hpp"

namespace iothub::storage {

template <class Value, std::size_t Bytes>
class row_cache {
public:
    static constexpr std::size_t max_bytes = Bytes;

    // As measured of twins: what is parsed takes several times its text.
    static constexpr std::size_t memory_of(std::size_t text_bytes) { return 1500 + 4 * text_bytes; }

    // Null where it is not known here.
    Value* find(const identity_key& key) {
        const auto found = entries_.find(key);
        return found == entries_.end() ? nullptr : &found->second.value;
    }

    // In place of what is known of its key. Forgets all others first where there is no room, and
    // does not take what alone is too large.
    void keep(Value value, std::size_t text_bytes) {
        forget(value.key);
        const std::size_t bytes = memory_of(text_bytes);
        if (bytes > max_bytes) {
            return;
        }
        if (bytes_ + bytes > max_bytes) {
            forget_all();
        }
        identity_key key = value.key;
        entries_.emplace(std::move(key), entry{std::move(value), bytes});
        bytes_ += bytes;
    }

    void forget(const identity_key& key) { // a device alone
        if (const auto found = entries_.find(key); found != entries_.end()) {
            bytes_ -= found->second.bytes;
            entries_.erase(found);
        }
    }

    void forget_all() {
        entries_.clear();
        bytes_ = 0;
    }

private:
    struct entry {
        Value value;
        std::size_t bytes = 0;
    };

    std::unordered_map<identity_key, entry> entries_;
    std::size_t bytes_ = 0;
};

} // namespace iothub::storage
