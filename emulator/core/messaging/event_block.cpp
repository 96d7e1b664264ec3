#include "emulator/core/messaging/event_block.hpp"

#include <cstdint>

#include "emulator/core/messaging/record_bytes.hpp"
#include "emulator/core/store.hpp"

namespace iothub::core {

namespace {

event read_record(record_reader& reader) {
    event e;
    e.offset = reader.number(8);
    e.enqueued = timestamp(ticks(static_cast<std::int64_t>(reader.number(8))));
    e.source.device_id = reader.text();
    e.source.module_id = reader.text();
    e.generation_id = reader.text();
    e.auth_method = reader.text();
    e.system_properties = reader.bag();
    e.application_properties = reader.bag();
    e.body = reader.text();
    return e;
}

void skip_record(record_reader& reader) {
    reader.number(8);
    reader.number(8);
    for (int text = 0; text < 4; ++text) {
        reader.skip_text();
    }
    reader.skip_bag();
    reader.skip_bag();
    reader.skip_text();
}

} // namespace

void append_record(std::string& bytes, const event_position& where, const event_content& what) {
    put_number(bytes, where.offset, 8);
    put_number(bytes, static_cast<std::uint64_t>(where.enqueued.time_since_epoch().count()), 8);
    put_text(bytes, what.source.device_id);
    put_text(bytes, what.source.module_id);
    put_text(bytes, what.generation_id);
    put_text(bytes, what.auth_method);
    put_bag(bytes, what.system_properties);
    put_bag(bytes, what.application_properties);
    put_text(bytes, what.body);
}

std::vector<event> read_records(const event_block& block, std::uint64_t first, std::size_t limit) {
    record_reader reader(block.bytes, "a block of events");
    std::vector<event> events;
    for (std::uint64_t number = block.first_sequence_number;
         !reader.at_end() && events.size() < limit; ++number) {
        if (number < first) {
            skip_record(reader);
        } else {
            events.push_back(read_record(reader));
            events.back().sequence_number = number;
        }
    }
    return events;
}

} // namespace iothub::core
