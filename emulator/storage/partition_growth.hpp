#pragma once
// How a partition's state follows from its blocks: the arithmetic that both stores share.

#include <cstdint>

#include "emulator/core/store.hpp"

namespace iothub::storage {

inline bool is_empty(const core::partition_state& state) {
    return state.first_sequence_number == state.next_sequence_number;
}

// After a block of so many bytes was appended, whatever `block` holds of them. Offsets count bytes.
inline void grow(core::partition_state& state, const core::event_block& block,
                 std::uint64_t bytes) {
    if (is_empty(state)) {
        state.first_sequence_number = block.first_sequence_number;
    }
    state.next_sequence_number = block.first_sequence_number + block.count;
    state.next_offset = block.first_offset + bytes;
    state.bytes += bytes;
}

inline void grow(core::partition_state& state, const core::event_block& block) {
    grow(state, block, block.bytes.size());
}

// After the oldest block, with events up to `end`, was dropped.
inline void shrink(core::partition_state& state, std::uint64_t end, std::uint64_t bytes) {
    state.first_sequence_number = end;
    state.bytes -= bytes;
}

} // namespace iothub::storage
