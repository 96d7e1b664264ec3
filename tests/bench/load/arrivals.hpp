#pragma once
// Open loop: when requests are due, whatever becomes of those before them. Latencies count from
// then, so a server that stands still is not asked less and cannot hide it. Used by load.

#include <chrono>
#include <cstdint>

namespace iothub::bench {

class arrivals {
public:
    using time = std::chrono::steady_clock::time_point;

    arrivals(time start, double per_second)
        : start_(start)
        , per_second_(per_second) {}

    time next() const {
        return start_ + std::chrono::nanoseconds(static_cast<std::int64_t>(
                            static_cast<double>(taken_) * 1e9 / per_second_));
    }

    // The next one counts as sent.
    time take() {
        const time due = next();
        ++taken_;
        return due;
    }

private:
    time start_;
    double per_second_;
    std::uint64_t taken_ = 0;
};

} // namespace iothub::bench
