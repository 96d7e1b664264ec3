#include "emulator/core/transfers/import_passes.hpp"

#include <utility>

namespace iothub::core {

bool import_passes::takes(std::uint64_t line) {
    if (first_) {
        return true;
    }
    const bool due = next_ < due_.size() && due_[next_] == line;
    next_ += due ? 1 : 0;
    return due;
}

void import_passes::begin_next() {
    last_ = !first_ && left_.size() == due_.size();
    first_ = false;
    next_ = 0;
    due_ = std::exchange(left_, {});
}

} // namespace iothub::core
