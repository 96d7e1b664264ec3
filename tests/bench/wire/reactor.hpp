#pragma once
// Waits for sockets, edge-triggered: who is told reads and writes all it can. Used by everything
// that has a socket.

#include <chrono>

namespace iothub::bench {

class reactor {
public:
    class watcher {
    public:
        virtual ~watcher() = default;
        virtual void ready() = 0;
    };

    reactor();
    ~reactor();
    reactor(const reactor&) = delete;
    reactor& operator=(const reactor&) = delete;

    // Until the descriptor is closed.
    void watch(int descriptor, watcher& who);

    // Tells everybody who is ready; waits for the first one until `limit`.
    void run_once(std::chrono::steady_clock::time_point limit);

    // Until `done` is true; std::runtime_error when that takes longer than a minute.
    template <class Done>
    void run_until(Done done) {
        const auto limit = std::chrono::steady_clock::now() + std::chrono::minutes(1);
        while (!done()) {
            run_once(limit);
            fail_after(limit);
        }
    }

private:
    static void fail_after(std::chrono::steady_clock::time_point limit);

    int epoll_;
};

} // namespace iothub::bench
