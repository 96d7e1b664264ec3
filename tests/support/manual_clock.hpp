#pragma once
// A clock that stands still until a test moves it.

#include <chrono>

#include "emulator/core/clock.hpp"

namespace iothub::test {

class manual_clock final : public core::clock {
public:
    // 2026-01-02T03:04:05Z unless told otherwise.
    explicit manual_clock(timestamp start = from_unix_seconds(1'767'323'045))
        : now_(start) {}

    timestamp now() const override { return now_; }

    void set(timestamp now) { now_ = now; }
    template <class Rep, class Period>
    void advance(std::chrono::duration<Rep, Period> by) {
        now_ += std::chrono::duration_cast<ticks>(by);
    }

private:
    timestamp now_;
};

} // namespace iothub::test
