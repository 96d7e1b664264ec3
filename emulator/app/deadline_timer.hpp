#pragma once
// The loop's timer for those who know no clock: they say when they have something to do, the loop
// wakes up for it. Armed by the server at the end of each turn.

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <utility>

#include "emulator/core/clock.hpp"

namespace iothub::app {

class deadline_timer {
public:
    deadline_timer(boost::asio::io_context& loop, const core::clock& clock,
                   std::function<std::optional<timestamp>()> next_deadline,
                   std::function<void()> advance)
        : clock_(clock)
        , next_deadline_(std::move(next_deadline))
        , advance_(std::move(advance))
        , timer_(loop) {}

    void arm() {
        const auto deadline = next_deadline_();
        if (!deadline || deadline == armed_for_) {
            return;
        }
        armed_for_ = deadline;
        timer_.expires_after(std::clamp<ticks>(*deadline - clock_.now(), ticks(0), longest_wait));
        timer_.async_wait([this](const boost::system::error_code& failure) {
            if (!failure) {
                armed_for_.reset();
                advance_();
            }
        });
    }

private:
    // Then it looks again: the timer's unit cannot hold every time to come, and the wall clock may
    // be set.
    static constexpr std::chrono::minutes longest_wait{1};

    const core::clock& clock_;
    std::function<std::optional<timestamp>()> next_deadline_;
    std::function<void()> advance_;
    boost::asio::steady_timer timer_;
    std::optional<timestamp> armed_for_;
};

} // namespace iothub::app
