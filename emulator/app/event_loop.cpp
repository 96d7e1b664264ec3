#include "emulator/app/event_loop.hpp"

namespace iothub::app {

namespace {

// A turn takes in what is ready, but not so much that its first reply waits for long.
constexpr int max_handlers_of_turn = 256;

} // namespace

void event_loop::run(const std::function<bool()>& end_turn, const std::function<bool()>& done,
                     std::chrono::steady_clock::duration limit) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    bool due_at_once = false;
    while (!done() && std::chrono::steady_clock::now() < deadline) {
        if (!due_at_once) {
            context_.run_one_until(deadline);
        }
        for (int i = 0; i < max_handlers_of_turn && context_.poll_one() != 0; ++i) {
        }
        due_at_once = end_turn();
    }
}

} // namespace iothub::app
