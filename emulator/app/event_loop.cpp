#include "emulator/app/event_loop.hpp"

namespace iothub::app {

namespace {

// A turn takes in what is ready, but not so much that its first reply waits for long.
constexpr int max_handlers_of_turn = 256;

constexpr int max_turns_of_drain = 1000;

} // namespace

void event_loop::run(const std::function<bool()>& end_turn, const std::function<bool()>& done,
                     std::chrono::steady_clock::duration limit) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    bool due_at_once = false;
    while (!done() && std::chrono::steady_clock::now() < deadline) {
        if (!due_at_once) {
            context_.run_one_until(deadline);
        }
        take_in();
        due_at_once = end_turn();
    }
}

void event_loop::drain(const std::function<bool()>& end_turn) {
    for (int turn = 0; turn < max_turns_of_drain; ++turn) {
        const int handled = take_in();
        if (!end_turn() && handled == 0) {
            return;
        }
    }
}

// How many handlers ran.
int event_loop::take_in() {
    int handled = 0;
    while (handled < max_handlers_of_turn && context_.poll_one() != 0) {
        ++handled;
    }
    return handled;
}

} // namespace iothub::app
