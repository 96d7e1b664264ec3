#include "client/src/net/broken_pipe.hpp"

#include <pthread.h>

#include "broken_pipe.hpp"
#include "support/catch.hpp"

using iothub::client::broken_pipe_guard;
using namespace iothub::test;

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
