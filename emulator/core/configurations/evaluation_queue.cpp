#include "emulator/core/configurations/evaluation_queue.hpp"

#include <utility>

namespace iothub::core {

std::optional<std::string> evaluation_queue::take_device() {
    if (changed_.empty()) {
        return std::nullopt;
    }
    return std::move(changed_.extract(changed_.begin()).value());
}

const std::string& evaluation_queue::position() {
    if (round_.empty()) {
        round_ = std::exchange(waiting_, {});
        position_.clear();
    }
    return position_;
}

std::set<std::string> evaluation_queue::end_round() {
    return std::exchange(round_, {});
}

} // namespace iothub::core
