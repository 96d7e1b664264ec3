#pragma once
// Where a reader of a partition begins: the selector in its source's filter (service API §7.5),
// such as "amqp.annotation.x-opt-offset > '-1'". Used by partition_reader.

#include <cstdint>
#include <string>
#include <string_view>

#include "common/result.hpp"
#include "emulator/amqp/values/value.hpp"
#include "emulator/core/messaging/event_log.hpp"

namespace iothub::amqp {

struct start_position {
    enum class measure { oldest, latest, offset, sequence_number, enqueued };

    measure by = measure::oldest;
    std::int64_t number =
        0;                  // an offset, a sequence number, or milliseconds since 1970; not below 0
    bool inclusive = false; // ">=" rather than ">"

    bool operator==(const start_position&) const = default;
};

// Of the filter of a source; the oldest event where it has no selector. argument_invalid.
result<start_position> read_start_position(const map& filter);

// Likewise, of the selector itself.
result<start_position> parse_selector(std::string_view selector);

// The sequence number of the first event to be read: the next one to come where there is none yet.
// argument_invalid where the position is beyond what the partition has ever held. May throw
// store_fault.
result<std::uint64_t> find_start(const core::event_log& log, std::uint32_t partition,
                                 const start_position& from);

} // namespace iothub::amqp
