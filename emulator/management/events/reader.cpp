#include "emulator/management/events/reader.hpp"

#include <utility>

#include "emulator/core/messaging/event_log.hpp"

namespace iothub::management {

namespace {

constexpr std::size_t read_at_once = 4096;

} // namespace

bool event_filter::admits(const identity_key& source) const {
    return (device_id.empty() || source.device_id == device_id) &&
           (!module_id || source.module_id == *module_id);
}

event_reader::event_reader(core::event_log& log, event_filter filter, const event_cursor& from)
    : log_(log)
    , filter_(std::move(filter))
    , place_(from) {
    for (std::uint32_t i = 0; i < log_.partitions(); ++i) {
        if (filter_.device_id.empty() || log_.partition_of(filter_.device_id) == i) {
            scans_.push_back({i, from.in(i), {}, false});
        }
    }
}

std::optional<placed_event> event_reader::next() {
    partition_scan* oldest = nullptr;
    for (partition_scan& scan : scans_) {
        fill(scan);
        if (!scan.events.empty() &&
            (oldest == nullptr || scan.events.front().enqueued < oldest->events.front().enqueued)) {
            oldest = &scan;
        }
    }
    if (oldest == nullptr) {
        return std::nullopt;
    }
    placed_event found{oldest->partition, std::move(oldest->events.front())};
    oldest->events.pop_front();
    place_.move(found.partition, found.event.sequence_number + 1);
    pass(*oldest);
    return found;
}

void event_reader::look_again() {
    for (partition_scan& scan : scans_) {
        scan.at_end = false;
    }
}

void event_reader::fill(partition_scan& scan) {
    while (scan.events.empty() && !scan.at_end) {
        auto events = log_.read(scan.partition, scan.read_to, read_at_once);
        scan.at_end = events.empty();
        for (core::event& e : events) {
            scan.read_to = e.sequence_number + 1;
            if (filter_.admits(e.source)) {
                scan.events.push_back(std::move(e));
            }
        }
        pass(scan);
    }
}

// What was read and is not wanted need not be read again.
void event_reader::pass(const partition_scan& scan) {
    if (scan.events.empty()) {
        place_.move(scan.partition, scan.read_to);
    }
}

} // namespace iothub::management
