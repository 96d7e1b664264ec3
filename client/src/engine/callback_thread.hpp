#pragma once
// The thread on which the user's callbacks run, one at a time and in order, so that a callback may
// block, or call the client, without stopping the connection.

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace iothub::client {

class callback_thread {
public:
    using error_handler = std::function<void(std::exception_ptr)>;

    // `on_error` gets what a callback threw; may be empty.
    explicit callback_thread(error_handler on_error);

    ~callback_thread();

    callback_thread(const callback_thread&) = delete;
    callback_thread& operator=(const callback_thread&) = delete;

    void post(std::function<void()> call);

    // Comes in its turn too, but is never dropped: it ends a call that somebody waits for.
    void post_completion(std::function<void()> call);

    // Drops the callbacks that have not begun, and waits for the one that has.
    void stop();

    // Whether so much waits that nothing more should be read from the network.
    bool full() const;

    bool is_this_thread() const { return std::this_thread::get_id() == thread_.get_id(); }

private:
    struct entry {
        std::function<void()> call;
        bool is_completion = false;
    };

    void add(entry added);
    void run();
    void run_one(const std::function<void()>& call) const;

    error_handler on_error_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<entry> waiting_;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace iothub::client
