#pragma once
// Events whose bytes are missing or not what was written: each is read and told of once, and passed
// over from then on. Forgotten when the hub ends. event_table calls it.

#include <cstdint>
#include <map>
#include <vector>

#include "common/log.hpp"

namespace iothub::storage {

class lost_events {
public:
    // `journal` may be null: nobody is told.
    explicit lost_events(iothub::log* journal)
        : journal_(journal) {}

    // The first number from `number` on that is not known to be lost.
    std::uint64_t past(std::uint32_t partition, std::uint64_t number) const;

    void add(std::uint32_t partition, std::uint64_t first, std::uint64_t count);

    // Logs what was added since the last time; neighbours share a line.
    void tell();

    // They were trimmed.
    void forget_before(std::uint32_t partition, std::uint64_t first) noexcept;

private:
    struct run {
        std::uint32_t partition;
        std::uint64_t first;
        std::uint64_t end;
    };

    iothub::log* journal_;
    std::map<std::uint32_t, std::map<std::uint64_t, std::uint64_t>>
        ends_; // of runs, by their first
    std::vector<run> untold_;
};

} // namespace iothub::storage
