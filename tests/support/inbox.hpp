#pragma once
// Values that a callback on another thread delivers and a test waits for, with a limit.

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <stdexcept>
#include <utility>

namespace iothub::test {

template <class T>
class inbox {
public:
    void put(T value) {
        const std::lock_guard guard(mutex_);
        values_.push_back(std::move(value));
        arrived_.notify_all();
    }

    // The next value; std::runtime_error where none comes within the limit.
    T take(std::chrono::seconds limit = std::chrono::seconds(20)) {
        std::unique_lock lock(mutex_);
        if (!arrived_.wait_for(lock, limit, [this] { return !values_.empty(); })) {
            throw std::runtime_error("nothing arrived in time");
        }
        T value = std::move(values_.front());
        values_.pop_front();
        return value;
    }

    // Takes values until one is `wanted`.
    void await(const T& wanted) {
        while (!(take() == wanted)) {
        }
    }

    bool empty() {
        const std::lock_guard guard(mutex_);
        return values_.empty();
    }

private:
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<T> values_;
};

} // namespace iothub::test
