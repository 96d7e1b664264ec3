#pragma once
// The thread that owns a hub_session: waits for its socket, its deadlines and for commands from
// other threads, and drives it.

#include <atomic>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "client/src/session/hub_session.hpp"

namespace iothub::client {

class client_loop {
public:
    using command = std::function<void(hub_session&)>;

    // While `paused` says so nothing is read from the network.
    client_loop(hub_session& session, std::function<bool()> paused);

    ~client_loop();

    client_loop(const client_loop&) = delete;
    client_loop& operator=(const client_loop&) = delete;

    // Runs the command on the loop's thread; after stop() at once, on a closed session.
    void post(command posted);

    // Ends the thread and closes the session, after every command that was posted.
    void stop();

private:
    void run();
    void run_commands();
    void wait();
    int wait_milliseconds() const;
    void wake() const;

    hub_session& session_;
    std::function<bool()> paused_;
    int wake_descriptor_;
    std::mutex mutex_;
    std::deque<command> commands_;
    bool stopped_ = false;
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

} // namespace iothub::client
