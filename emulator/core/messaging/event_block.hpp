#pragma once
// Events of one turn and partition as one value of the store. A block is a sequence of records:
//   u64 offset, i64 enqueued (ticks since 1970), device id, module id, generation id, auth method,
//   system properties, application properties, body
// Numbers are little-endian; a text is a u32 length and its bytes; a bag is a u32 count and, for
// each property, the key, a u8 that says whether there is a value, and the value.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "emulator/core/messaging/event.hpp"

namespace iothub::core {

struct event_block;

struct event_position {
    std::uint64_t offset = 0;
    timestamp enqueued = never;
};
void append_record(std::string& bytes, const event_position& where, const event_content& what);
inline void append_record(std::string& bytes, const event& e) {
    append_record(bytes, {e.offset, e.enqueued}, content_of(e));
}

// Those from the sequence number `first` on, at most `limit`. store_fault where the bytes, as far
// as they have to be read, are not what append_record wrote.
std::vector<event> read_records(const event_block& block, std::uint64_t first = 0,
                                std::size_t limit = std::numeric_limits<std::size_t>::max());

} // namespace iothub::core
