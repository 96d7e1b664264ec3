#pragma once
// The identities that are in use, ready made: nearly every request and connection asks for one, and
// reading it from its row costs several times more than copying it. Holds nothing but what was read
// from rows; identity_table fills and empties it. Bounded by the text that its identities were read
// from.

#include <cstddef>
#include <unordered_map>

#include "common/identity_key.hpp"
#include "emulator/core/registry/identity.hpp"

namespace iothub::storage {

class identity_cache {
public:
    static constexpr std::size_t max_text_bytes = 512 << 10;

    // Null where it is not known here.
    core::identity* find(const identity_key& key);

    // One that is not known yet. Forgets all others first where there is no room, and does not take
    // what alone is too large.
    void keep(const core::identity& value, std::size_t text_bytes);

    void forget(const identity_key& key); // a device alone
    void forget_all();

private:
    struct entry {
        core::identity value;
        std::size_t text_bytes = 0;
    };

    std::unordered_map<identity_key, entry> entries_;
    std::size_t text_bytes_ = 0;
};

} // namespace iothub::storage
