#include "emulator/core/turn.hpp"

#include <utility>

namespace iothub::core {

void turn::end(const result<>& outcome) {
    for (const auto& waiting : std::exchange(participants_, {})) {
        const auto one = waiting.lock();
        if (!one) {
            continue;
        }
        if (outcome) {
            one->turn_committed();
        } else {
            one->turn_failed(outcome.error());
        }
    }
}

} // namespace iothub::core
