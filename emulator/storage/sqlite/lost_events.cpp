#include "emulator/storage/sqlite/lost_events.hpp"

#include <iterator>
#include <string>

namespace iothub::storage {

std::uint64_t lost_events::past(std::uint32_t partition, std::uint64_t number) const {
    const auto runs = ends_.find(partition);
    if (runs == ends_.end()) {
        return number;
    }
    for (auto next = runs->second.upper_bound(number); next != runs->second.begin(); ++next) {
        const std::uint64_t end = std::prev(next)->second;
        if (end <= number) {
            break;
        }
        number = end;
        if (next == runs->second.end() || next->first != number) {
            break;
        }
    }
    return number;
}

void lost_events::add(std::uint32_t partition, std::uint64_t first, std::uint64_t count) {
    auto& runs = ends_[partition];
    const auto next = runs.upper_bound(first);
    if (next != runs.begin() && std::prev(next)->second == first) {
        std::prev(next)->second = first + count;
    } else {
        runs[first] = first + count;
    }
    if (!untold_.empty() && untold_.back().partition == partition && untold_.back().end == first) {
        untold_.back().end = first + count;
    } else {
        untold_.push_back({partition, first, first + count});
    }
}

void lost_events::tell() {
    for (const run& one : untold_) {
        if (journal_ != nullptr) {
            journal_->write(log_level::error, "store",
                            "telemetry of partition " + std::to_string(one.partition) +
                                ", sequence numbers " + std::to_string(one.first) + " to " +
                                std::to_string(one.end - 1) +
                                ": its bytes are missing or damaged, and readers pass over it");
        }
    }
    untold_.clear();
}

void lost_events::forget_before(std::uint32_t partition, std::uint64_t first) noexcept {
    if (const auto runs = ends_.find(partition); runs != ends_.end()) {
        std::erase_if(runs->second, [first](const auto& one) { return one.second <= first; });
    }
}

} // namespace iothub::storage
