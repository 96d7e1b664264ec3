#pragma once
// The twins that are in use, ready made: reading one from its row costs several times more than
// copying it. twin_table fills and empties it; bounded by the JSON text that its twins stand for.

#include <cstddef>
#include <unordered_map>

#include "emulator/core/twins/twin.hpp"

namespace iothub::storage {

class twin_cache {
public:
    static constexpr std::size_t max_text_bytes = 8 << 20;

    // Nothing where it is not known here.
    const core::twin* find(const identity_key& key) const;

    // Forgets all others first where there is no room, and does not take what alone is too large.
    void keep(core::twin value, std::size_t text_bytes);
    void forget(const identity_key& key);
    void forget_all();

private:
    struct entry {
        core::twin value;
        std::size_t text_bytes = 0;
    };

    std::unordered_map<identity_key, entry> entries_;
    std::size_t text_bytes_ = 0;
};

} // namespace iothub::storage
