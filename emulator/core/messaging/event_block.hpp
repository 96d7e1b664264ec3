#pragma once
// Events of one turn and partition as one value of the store. A block is a sequence of records:
//   u64 offset, i64 enqueued (ticks since 1970), device id, module id, generation id, auth method,
//   system properties, application properties, body
// Numbers are little-endian; a text is a u32 length and its bytes; a bag is a u32 count and, for
// each property, the key, a u8 that says whether there is a value, and the value.

#include <string>
#include <vector>

#include "emulator/core/messaging/event.hpp"

namespace iothub::core {

struct event_block;

void append_record(std::string& bytes, const event& e);

// store_fault where the bytes are not what append_record wrote.
std::vector<event> read_records(const event_block& block);

} // namespace iothub::core
