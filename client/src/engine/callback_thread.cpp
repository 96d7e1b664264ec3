#include "client/src/engine/callback_thread.hpp"

#include <utility>

namespace iothub::client {

namespace {

constexpr std::size_t full_at = 1000;

} // namespace

callback_thread::callback_thread(error_handler on_error)
    : on_error_(std::move(on_error))
    , thread_([this] { run(); }) {}

callback_thread::~callback_thread() {
    stop();
}

void callback_thread::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_one();
    if (thread_.joinable()) {
        thread_.join();
    }
}

void callback_thread::post(std::function<void()> call) {
    add({std::move(call), false});
}

void callback_thread::post_completion(std::function<void()> call) {
    add({std::move(call), true});
}

void callback_thread::add(entry added) {
    {
        const std::lock_guard lock(mutex_);
        waiting_.push_back(std::move(added));
    }
    changed_.notify_one();
}

bool callback_thread::full() const {
    const std::lock_guard lock(mutex_);
    return waiting_.size() >= full_at;
}

void callback_thread::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
        if (waiting_.empty()) {
            return;
        }
        const entry next = std::move(waiting_.front());
        waiting_.pop_front();
        if (stopping_ && !next.is_completion) {
            continue;
        }
        lock.unlock();
        run_one(next.call);
        lock.lock();
    }
}

void callback_thread::run_one(const std::function<void()>& call) const {
    try {
        call();
    } catch (...) {
        if (on_error_) {
            on_error_(std::current_exception());
        }
    }
}

} // namespace iothub::client
