#include "client/src/engine/client_loop.hpp"

#include "../net/broken_pipe.hpp"
#include "../session/scripted_link.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;

TEST_CASE("what a session writes to a closed connection raises no signal") {
    const own_handler program;
    const broken_pipe pipe;
    session_fixture f;
    int failure = 0;
    const auto write = [&](client::hub_session&) { failure = pipe.write_to(); };
    f.start();
    client::client_loop loop(*f.session, [] { return false; });

    SECTION("on the loop's thread") {
        loop.post(write);
        loop.stop();
    }
    SECTION("after its end") {
        loop.stop();
        loop.post(write);
    }
    CHECK(failure == EPIPE);
    CHECK(raised == 0);
}
