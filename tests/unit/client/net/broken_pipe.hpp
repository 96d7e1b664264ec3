#pragma once
// What a program has to fear of a connection that the peer has closed: a write to it raises
// SIGPIPE.

#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "support/catch.hpp"

namespace iothub::test {

// The writing end of a pipe that nobody reads.
class broken_pipe {
public:
    broken_pipe() {
        REQUIRE(pipe(ends_.data()) == 0);
        close(ends_[0]);
    }
    ~broken_pipe() { close(ends_[1]); }
    broken_pipe(const broken_pipe&) = delete;
    broken_pipe& operator=(const broken_pipe&) = delete;

    // What write() fails with.
    int write_to() const { return ::write(ends_[1], "x", 1) == -1 ? errno : 0; }

private:
    std::array<int, 2> ends_{};
};

inline volatile sig_atomic_t raised = 0;

// The program's own way with the signal, while a test runs.
class own_handler {
public:
    own_handler() {
        raised = 0;
        struct sigaction wanted{};
        wanted.sa_handler = [](int) { raised = raised + 1; };
        sigaction(SIGPIPE, &wanted, &before_);
    }
    ~own_handler() { sigaction(SIGPIPE, &before_, nullptr); }
    own_handler(const own_handler&) = delete;
    own_handler& operator=(const own_handler&) = delete;

private:
    struct sigaction before_{};
};

} // namespace iothub::test
