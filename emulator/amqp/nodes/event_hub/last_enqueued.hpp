#pragma once
// What a partition holds last, as readers hear it (service API §7.5): from "$management" when they
// ask, and with each event when they have wished for that in their attach. Used by management and
// partition_reader.

#include "emulator/amqp/values/value.hpp"
#include "emulator/core/messaging/event_log.hpp"

namespace iothub::amqp {

// A reader's desired capability.
inline constexpr const char* runtime_metric = "com.microsoft:enable-receiver-runtime-metric";

// last_enqueued_sequence_number, last_enqueued_offset and last_enqueued_time_utc. A partition that
// never held anything ends at -1, as the real service's.
map last_enqueued(const core::event_log::contents& held);

// Likewise, and runtime_info_retrieval_time_utc: an event's delivery annotations.
map runtime_annotations(const core::event_log::contents& held, timestamp now);

} // namespace iothub::amqp
