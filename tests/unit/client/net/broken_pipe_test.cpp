#include "client/src/net/broken_pipe.hpp"

#include <pthread.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "support/catch.hpp"

using iothub::client::broken_pipe_guard;

namespace {

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

volatile std::sig_atomic_t raised = 0;

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

} // namespace

TEST_CASE("a broken pipe is an error and no signal while it is guarded") {
    const own_handler program;
    const broken_pipe pipe;
    {
        const broken_pipe_guard guard;
        CHECK(pipe.write_to() == EPIPE);
        {
            const broken_pipe_guard inner;
            CHECK(pipe.write_to() == EPIPE);
        }
        CHECK(pipe.write_to() == EPIPE);
    }
    CHECK(raised == 0);
    CHECK(pipe.write_to() == EPIPE);
    CHECK(raised == 1); // the program's own writes are as they were
}

TEST_CASE("a signal that waits already is the program's own") {
    const own_handler program;
    sigset_t set;
    sigset_t before;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &set, &before);
    pthread_kill(pthread_self(), SIGPIPE);
    {
        const broken_pipe_guard guard;
        CHECK(broken_pipe().write_to() == EPIPE);
    }
    CHECK(raised == 0);
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    CHECK(raised == 1);
}
