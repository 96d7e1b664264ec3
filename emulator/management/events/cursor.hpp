#pragma once
// A place in the telemetry that the hub keeps: how far a reader got in each partition. Readers get
// it as text and give it back (docs/management-api.md, `after` and `next`).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"

namespace iothub::core {
class event_log;
}

namespace iothub::management {

class event_cursor {
public:
    // Before the oldest event that is kept.
    static event_cursor oldest(const core::event_log& log);
    // Behind everything that is kept now.
    static event_cursor newest(const core::event_log& log);
    // Before the newest `count` of each partition, as far as they are kept.
    static event_cursor before_newest(const core::event_log& log, std::uint64_t count);
    // "oldest", "now", or what text() wrote. argument_invalid for anything else, and for a place
    // that this hub's telemetry has not reached.
    static result<event_cursor> parse(std::string_view text, const core::event_log& log);

    std::string text() const; // "0.0.8.0"

    // The sequence number to go on with.
    std::uint64_t in(std::uint32_t partition) const { return next_[partition]; }
    void move(std::uint32_t partition, std::uint64_t next) { next_[partition] = next; }

private:
    explicit event_cursor(std::size_t partitions)
        : next_(partitions) {}

    std::vector<std::uint64_t> next_;
};

} // namespace iothub::management
