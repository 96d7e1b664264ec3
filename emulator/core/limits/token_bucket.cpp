#include "emulator/core/limits/token_bucket.hpp"

#include <algorithm>
#include <chrono>

namespace iothub::core {

bool token_bucket::take(double amount, const rate& allowed, timestamp now) {
    const std::chrono::duration<double> passed = std::max(now, filled_) - filled_;
    level_ = std::min(allowed.at_once, level_ + passed.count() * allowed.per_second);
    filled_ = now;
    const double wanted = std::min(amount, allowed.at_once);
    if (level_ < wanted) {
        return false;
    }
    level_ -= wanted;
    return true;
}

} // namespace iothub::core
