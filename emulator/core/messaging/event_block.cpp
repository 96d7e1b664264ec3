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

} // namespace

void append_record(std::string& bytes, const event& e) {
    put_number(bytes, e.offset, 8);
    put_number(bytes, static_cast<std::uint64_t>(e.enqueued.time_since_epoch().count()), 8);
    put_text(bytes, e.source.device_id);
    put_text(bytes, e.source.module_id);
    put_text(bytes, e.generation_id);
    put_text(bytes, e.auth_method);
    put_bag(bytes, e.system_properties);
    put_bag(bytes, e.application_properties);
    put_text(bytes, e.body);
}

std::vector<event> read_records(const event_block& block) {
    record_reader reader(block.bytes, "a block of events");
    std::vector<event> events;
    while (!reader.at_end()) {
        events.push_back(read_record(reader));
        events.back().sequence_number = block.first_sequence_number + events.size() - 1;
    }
    return events;
}

} // namespace iothub::core
