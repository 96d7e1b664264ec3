#pragma once
// The one timer of the core's time-outs: the core says when it has something to do, the loop wakes
// up for it. Armed by the server at the end of each turn.

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "emulator/core/hub.hpp"

namespace iothub::app {

class deadline_timer {
public:
    deadline_timer(boost::asio::io_context& loop, core::hub& hub)
        : hub_(hub)
        , timer_(loop) {}

    void arm() {
        const auto deadline = hub_.next_deadline();
        if (!deadline || *deadline == armed_for_) {
            return;
        }
        armed_for_ = *deadline;
        timer_.expires_after(*deadline - hub_.time().now());
        timer_.async_wait([this](const boost::system::error_code& failure) {
            if (!failure) {
                armed_for_ = never;
                hub_.advance();
            }
        });
    }

private:
    core::hub& hub_;
    boost::asio::steady_timer timer_;
    timestamp armed_for_ = never;
};

} // namespace iothub::app
