#pragma once
// The one thread's loop, cut into turns (see core/turn.hpp): it waits for something to happen,
// handles all that is ready, and then lets the hub commit and answer once.

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <functional>

namespace iothub::app {

class event_loop {
public:
    event_loop()
        : context_(1)
        , work_(context_.get_executor()) {}

    boost::asio::io_context& context() { return context_; }

    // Runs turns until `done` says so after one of them, or for `limit`. `end_turn` ends each, and
    // says whether the next one is due at once, without waiting.
    void run(const std::function<bool()>& end_turn, const std::function<bool()>& done,
             std::chrono::steady_clock::duration limit = std::chrono::hours(24 * 365 * 100));

    // Runs turns while something is ready, without waiting: what still has to let go of each other
    // when the hub ends. At most a thousand.
    void drain(const std::function<bool()>& end_turn);

private:
    int take_in();

    boost::asio::io_context context_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
};

} // namespace iothub::app
