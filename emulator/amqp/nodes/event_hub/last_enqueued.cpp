#include "emulator/amqp/nodes/event_hub/last_enqueued.hpp"

#include <cstdint>
#include <string>

#include "emulator/amqp/event_time.hpp"

namespace iothub::amqp {

map last_enqueued(const core::event_log::contents& held) {
    const auto offset = held.newest ? static_cast<std::int64_t>(held.newest->offset)
                                    : static_cast<std::int64_t>(held.next_offset) - 1;
    return {
        {"last_enqueued_sequence_number", static_cast<std::int64_t>(held.next_sequence_number) - 1},
        {"last_enqueued_offset", std::to_string(offset)},
        {"last_enqueued_time_utc", event_time(held.newest ? held.newest->enqueued : never)}};
}

map runtime_annotations(const core::event_log::contents& held, timestamp now) {
    map all = last_enqueued(held);
    all.emplace_back("runtime_info_retrieval_time_utc", event_time(now));
    return all;
}

} // namespace iothub::amqp
