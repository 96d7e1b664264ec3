#pragma once
// Telemetry that was accepted: appended to a partition chosen by the device's id, bounded by size
// and age, read by position (rows E01, E04). Sequence numbers and offsets last over a restart.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/core/messaging/event.hpp"
#include "emulator/core/store.hpp"

namespace iothub::core {

class clock;

struct event_log_settings {
    std::uint32_t partitions = 4;
    std::uint64_t max_partition_bytes = 64ULL << 20;
    std::chrono::hours retention{24};
};

class event_log {
public:
    event_log(core::store& store, const core::clock& clock, event_log_settings settings);

    // Takes the event's place in its partition (sequence number, offset and time are given here);
    // it lasts from the end of the turn.
    void append(const event_content& what);
    void append(const event& e) { append(content_of(e)); }

    // Events of a partition from `sequence_number` on, at most `limit`.
    std::vector<event> read(std::uint32_t partition, std::uint64_t sequence_number,
                            std::size_t limit);

    partition_state describe(std::uint32_t partition) const;

    // The sequence number of the first event that `is_before` does not hold for; the next one to
    // come where it holds for all. It must hold for no event after one it does not hold for. A
    // binary search over blocks.
    std::uint64_t find_first(std::uint32_t partition,
                             const std::function<bool(const event&)>& is_before) const;

    // What readers find in a partition, without what is too old.
    struct contents {
        std::uint64_t first_sequence_number = 0; // the next one where there is none
        std::uint64_t next_sequence_number = 0;
        std::uint64_t next_offset = 0;
        std::optional<event> newest;
    };
    contents examine(std::uint32_t partition) const;

    std::uint32_t partitions() const { return settings_.partitions; }

    // A device's events always go to the same partition.
    std::uint32_t partition_of(std::string_view device_id) const;

    // Whoever waits for events: told after each commit that kept some, as long as it lives. It may
    // read from within, and must not throw.
    class watcher {
    public:
        virtual ~watcher() = default;
        virtual void events_kept() = 0;
    };
    void watch(std::weak_ptr<watcher> one) { watchers_.push_back(std::move(one)); }

    // Drops every event, those of this turn included; sequence numbers and offsets go on.
    void clear();

    // The turn's end: hands its events to the store, one block a partition; then, by the outcome of
    // the commit, forgets how to take them back or takes them back.
    void write_blocks();
    void turn_committed();
    void turn_failed();

private:
    struct partition_log {
        partition_state last; // as of the last commit
        partition_state now;
        event_block pending;
    };

    std::vector<event> block_at(std::uint32_t partition, std::uint64_t sequence_number) const;
    timestamp oldest_kept() const;
    void trim(std::uint32_t index);
    void tell_watchers();

    core::store& store_;
    const core::clock& clock_;
    event_log_settings settings_;
    std::vector<partition_log> partitions_;
    std::vector<std::weak_ptr<watcher>> watchers_;
};

} // namespace iothub::core
