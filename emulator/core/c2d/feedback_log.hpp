#pragma once
// What senders of cloud-to-device messages asked to learn about their messages' ends (service API
// §7.3; row C03). Kept in the store, the newest records only. Written by c2d_service.

#include <cstddef>
#include <vector>

#include "emulator/core/c2d/message.hpp"

namespace iothub::core {

class clock;
class store;

class feedback_log {
public:
    feedback_log(core::store& store, const core::clock& clock, std::size_t max_records)
        : store_(store)
        , clock_(clock)
        , max_records_(max_records) {}

    // `message` to `target` has ended so. Nothing is kept where the device is gone.
    void add(const identity_key& target, const c2d_message& message, c2d_outcome outcome);

    std::vector<feedback_record> list(std::size_t limit) const; // oldest first

private:
    core::store& store_;
    const core::clock& clock_;
    std::size_t max_records_;
};

} // namespace iothub::core
