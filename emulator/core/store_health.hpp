#pragma once
// Whether the store keeps what it is told. While it does not, the hub tries it with a write of its
// own every second, so that it is well again as soon as the disk is; the log hears of it when it
// begins, seldom while it lasts, and when it is over. Asked by /health.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "common/log.hpp"
#include "common/result.hpp"
#include "common/timestamp.hpp"

namespace iothub::core {

class store;

class store_health {
public:
    static constexpr std::chrono::seconds probe_pause{1};
    static constexpr std::chrono::seconds log_pause{10};

    store_health(core::store& store, iothub::log& log)
        : store_(store)
        , log_(log) {}

    // The last commit that had something to keep failed, or the store sees that the next one would;
    // nothing when all is well.
    std::optional<std::string> trouble(timestamp now);

    bool ails() const { return trouble_.has_value(); } // as far as it was heard of

    // When write_probe() should be called next; nothing when all is well.
    std::optional<timestamp> next_deadline() const;

    // Writes something as large as a twin, and takes it back when it was kept; a commit must
    // follow.
    void write_probe(timestamp now);

    void kept(); // a commit that had something to keep
    void turn_lost(const error& reason, timestamp now);
    void not_kept(const error& reason, timestamp now); // beside the turns

private:
    void fall_ill(std::string reason, timestamp now);
    void write_log(timestamp now);

    core::store& store_;
    iothub::log& log_;
    std::optional<std::string> trouble_;
    timestamp next_probe_ = never;
    timestamp next_line_ = never;
    std::uint64_t lost_ = 0;   // turns, since all was well
    std::uint64_t untold_ = 0; // of them, since the last line
    bool probe_left_ = false;
};

} // namespace iothub::core
