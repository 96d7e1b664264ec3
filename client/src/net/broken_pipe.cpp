#include "client/src/net/broken_pipe.hpp"

#include <ctime>

namespace iothub::client {

namespace {

sigset_t only_broken_pipe() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    return set;
}

bool is_pending() {
    sigset_t pending;
    sigpending(&pending);
    return sigismember(&pending, SIGPIPE) == 1;
}

} // namespace

broken_pipe_guard::broken_pipe_guard()
    : was_pending_(is_pending()) {
    const sigset_t blocked = only_broken_pipe();
    pthread_sigmask(SIG_BLOCK, &blocked, &before_);
}

broken_pipe_guard::~broken_pipe_guard() {
    const sigset_t dropped = only_broken_pipe();
    const timespec at_once{0, 0};
    while (!was_pending_ && is_pending() && sigtimedwait(&dropped, nullptr, &at_once) == SIGPIPE) {
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

} // namespace iothub::client
