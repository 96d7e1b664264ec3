#pragma once
// Lets so much pass at once, and then so much a second. Part of limiter.

#include "common/timestamp.hpp"
#include "emulator/core/limits/limit_profile.hpp"

namespace iothub::core {

class token_bucket {
public:
    // False, and nothing is taken, where there is not enough in it. What is more than it ever holds
    // passes when it is full.
    bool take(double amount, const rate& allowed, timestamp now);

private:
    double level_ = 0;
    timestamp filled_ = never; // so long ago that it is full at first
};

} // namespace iothub::core
