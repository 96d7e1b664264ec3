#pragma once
// Keeps a write to a connection that the peer has closed from ending the program. libmosquitto and
// OpenSSL write without MSG_NOSIGNAL, so that the system raises SIGPIPE, and a library has no
// business to change how the program treats signals.

#include <signal.h>

namespace iothub::client {

// While it lives, no SIGPIPE reaches this thread; those raised meanwhile are dropped at its end.
class broken_pipe_guard {
public:
    broken_pipe_guard();
    ~broken_pipe_guard();

    broken_pipe_guard(const broken_pipe_guard&) = delete;
    broken_pipe_guard& operator=(const broken_pipe_guard&) = delete;

private:
    bool was_pending_;
    sigset_t before_;
};

} // namespace iothub::client
