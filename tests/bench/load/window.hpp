#pragma once
// The requests of one connection that wait for their answer: numbered 1, 2, … 65535, 1, …, as MQTT
// numbers packets, and answered in the order they were sent in. Used by load.

#include <chrono>
#include <cstdint>
#include <deque>
#include <stdexcept>
#include <string>

namespace iothub::bench {

class window {
public:
    using time = std::chrono::steady_clock::time_point;

    // The number of a request that was due at `due`.
    std::uint16_t open(time due) {
        due_.push_back(due);
        last_ = next_of(last_);
        return last_;
    }

    // When the request was due. std::runtime_error where it is not the one that waits longest: an
    // answer was lost, or came twice.
    time close(std::uint16_t number) {
        oldest_ = next_of(oldest_);
        if (due_.empty() || number != oldest_) {
            throw std::runtime_error("answer " + std::to_string(number) +
                                     " is not the one to come next");
        }
        const time due = due_.front();
        due_.pop_front();
        return due;
    }

    std::size_t size() const { return due_.size(); }

private:
    static std::uint16_t next_of(std::uint16_t number) {
        return number == 65535 ? std::uint16_t{1} : static_cast<std::uint16_t>(number + 1);
    }

    std::deque<time> due_;
    std::uint16_t last_ = 0;   // sent
    std::uint16_t oldest_ = 0; // answered
};

} // namespace iothub::bench
