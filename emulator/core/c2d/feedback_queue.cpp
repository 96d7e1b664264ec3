#include "emulator/core/c2d/feedback_queue.hpp"

#include <algorithm>

#include "emulator/core/store.hpp"

namespace iothub::core {

std::optional<feedback_batch> feedback_queue::receive(std::size_t most) {
    return locked_queue::receive(std::min(most, max_batch));
}

std::vector<feedback_record> feedback_queue::oldest(std::size_t limit) {
    return store_.list_feedback(limit);
}

void feedback_queue::remove(std::uint64_t number) {
    store_.remove_feedback(number);
}

} // namespace iothub::core
