#pragma once
// Reads the partitions of the telemetry as one: the oldest event first, of one time that of the
// lower partition. Used for answers, for waiting and for streams.

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "emulator/core/messaging/event.hpp"
#include "emulator/management/events/cursor.hpp"

namespace iothub::management {

struct event_filter {
    std::string device_id;                // empty: any device
    std::optional<std::string> module_id; // "": the device's own events; nothing: those and its
                                          // modules'

    bool admits(const identity_key& source) const;
};

struct placed_event {
    std::uint32_t partition = 0;
    core::event event;
};

class event_reader {
public:
    // The log outlives the reader.
    event_reader(core::event_log& log, event_filter filter, const event_cursor& from);

    // The next event that the filter admits; once there was none, none until look_again().
    // Throws core::store_fault.
    std::optional<placed_event> next();
    void look_again();

    // Behind the last event that next() gave.
    const event_cursor& place() const { return place_; }

private:
    struct partition_scan {
        std::uint32_t partition = 0;
        std::uint64_t read_to = 0;
        std::deque<core::event> events; // read, admitted and not given yet
        bool at_end = false;
    };

    void fill(partition_scan& scan);
    void pass(const partition_scan& scan);

    core::event_log& log_;
    event_filter filter_;
    event_cursor place_;
    std::vector<partition_scan> scans_;
};

} // namespace iothub::management
