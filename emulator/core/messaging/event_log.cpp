#include "emulator/core/messaging/event_log.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "emulator/core/clock.hpp"
#include "emulator/core/messaging/event_block.hpp"
#include "emulator/core/messaging/partition_limit.hpp"

namespace iothub::core {

namespace {

// Its memory serves the next turn, unless it is much.
void empty(event_block& pending) {
    constexpr std::size_t kept = 256 * 1024;
    if (pending.bytes.capacity() > kept) {
        std::string().swap(pending.bytes);
    }
    pending.bytes.clear();
    pending.count = 0;
}

} // namespace

event_log::event_log(core::store& store, const core::clock& clock, event_log_settings settings)
    : store_(store)
    , clock_(clock)
    , settings_(settings) {
    for (std::uint32_t i = 0; i < settings_.partitions; ++i) {
        const partition_state kept = store_.describe_partition(i);
        partitions_.push_back({kept, kept, {}});
    }
}

std::uint32_t event_log::partition_of(std::string_view device_id) const {
    std::uint64_t hash = 14695981039346656037ULL; // FNV-1a: the same on every machine and run
    for (const char c : device_id) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    }
    return static_cast<std::uint32_t>(hash % settings_.partitions);
}

void event_log::append(const event_content& what) {
    partition_log& p = partitions_[partition_of(what.source.device_id)];
    const event_position where{p.now.next_offset, clock_.now()};
    if (p.pending.count == 0) {
        p.pending.first_sequence_number = p.now.next_sequence_number;
        p.pending.first_offset = p.now.next_offset;
    }
    const std::size_t before = p.pending.bytes.size();
    append_record(p.pending.bytes, where, what);
    p.pending.enqueued = where.enqueued;
    ++p.pending.count;
    ++p.now.next_sequence_number;
    p.now.next_offset += p.pending.bytes.size() - before;
    p.now.bytes += p.pending.bytes.size() - before;
}

void event_log::write_blocks() {
    for (std::uint32_t i = 0; i < settings_.partitions; ++i) {
        partition_log& p = partitions_[i];
        if (p.pending.count > 0) {
            store_.append_events(i, p.pending);
            empty(p.pending);
            trim(i);
        }
    }
}

// Trims by size when an eighth too much has gathered, so that it is not done in every turn; age is
// looked at on the same occasion, and whenever events are read.
void event_log::trim(std::uint32_t index) {
    partition_log& p = partitions_[index];
    if (p.now.bytes > settings_.max_partition_bytes + settings_.max_partition_bytes / 8) {
        store_.trim_events(index, settings_.max_partition_bytes, oldest_kept());
        p.now = store_.describe_partition(index);
    }
}

void event_log::clear() {
    write_blocks();
    for (std::uint32_t i = 0; i < settings_.partitions; ++i) {
        if (partitions_[i].now.bytes > 0) {
            store_.trim_events(i, 0, never);
            partitions_[i].now = store_.describe_partition(i);
        }
    }
    // Those of a hub that had more partitions.
    for (std::uint32_t i = settings_.partitions; i < max_partitions; ++i) {
        if (store_.describe_partition(i).bytes > 0) {
            store_.trim_events(i, 0, never);
        }
    }
}

void event_log::turn_committed() {
    bool grew = false;
    for (partition_log& p : partitions_) {
        grew = grew || p.now.next_sequence_number != p.last.next_sequence_number;
        p.last = p.now;
    }
    if (grew) {
        tell_watchers();
    }
}

void event_log::tell_watchers() {
    std::erase_if(watchers_, [](const auto& one) { return one.expired(); });
    const auto told = watchers_; // one that is told may bring another
    for (const auto& one : told) {
        if (const auto alive = one.lock()) {
            alive->events_kept();
        }
    }
}

void event_log::turn_failed() {
    for (partition_log& p : partitions_) {
        p.now = p.last;
        empty(p.pending);
    }
}

std::vector<event> event_log::read(std::uint32_t partition, std::uint64_t sequence_number,
                                   std::size_t limit) {
    static constexpr std::size_t read_bytes = 256 << 10;
    const timestamp oldest = oldest_kept();
    std::vector<event> events;
    // Where all that was read is too old, what follows may not be.
    while (events.empty() && limit > 0) {
        const auto blocks = store_.read_events(partition, sequence_number, read_bytes);
        if (blocks.empty()) {
            break;
        }
        for (const event_block& block : blocks) {
            const std::uint64_t end = block.first_sequence_number + block.count;
            while (events.size() < limit && sequence_number < end) {
                auto records = read_records(block, sequence_number, limit - events.size());
                sequence_number = records.empty() ? end : records.back().sequence_number + 1;
                std::erase_if(records, [oldest](const event& e) { return e.enqueued < oldest; });
                std::ranges::move(records, std::back_inserter(events));
            }
        }
    }
    return events;
}

partition_state event_log::describe(std::uint32_t partition) const {
    return partitions_[partition].last;
}

timestamp event_log::oldest_kept() const {
    return clock_.now() - settings_.retention;
}

// The events of the block that holds the number, or of the first one after it.
std::vector<event> event_log::block_at(std::uint32_t partition,
                                       std::uint64_t sequence_number) const {
    const auto blocks = store_.read_events(partition, sequence_number, 0);
    return blocks.empty() ? std::vector<event>() : read_records(blocks.front());
}

std::uint64_t event_log::find_first(std::uint32_t partition,
                                    const std::function<bool(const event&)>& is_before) const {
    const partition_state& state = partitions_[partition].last;
    std::uint64_t low = state.bytes == 0 ? state.next_sequence_number : state.first_sequence_number;
    std::uint64_t high = state.next_sequence_number;
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        const auto events = block_at(partition, middle);
        if (events.empty()) {
            high = middle;
        } else if (is_before(events.back())) {
            low = events.back().sequence_number + 1;
        } else if (is_before(events.front())) {
            return std::ranges::partition_point(events, is_before)->sequence_number;
        } else {
            high = std::min(events.front().sequence_number, middle);
        }
    }
    return low;
}

event_log::contents event_log::examine(std::uint32_t partition) const {
    const partition_state& state = partitions_[partition].last;
    const timestamp oldest = oldest_kept();
    contents found{find_first(partition, [&](const event& e) { return e.enqueued < oldest; }),
                   state.next_sequence_number, state.next_offset, std::nullopt};
    if (found.first_sequence_number < found.next_sequence_number) {
        auto last = block_at(partition, found.next_sequence_number - 1);
        if (last.empty()) { // lost: then the last one that is there
            const auto end = find_first(partition, [](const event&) { return true; });
            last = block_at(partition, std::max<std::uint64_t>(end, 1) - 1);
        }
        if (!last.empty()) {
            found.newest = std::move(last.back());
        }
    }
    return found;
}

} // namespace iothub::core
