#include "rest_world.hpp"

#include "support/catch.hpp"

#include <chrono>

// Peers that are too slow. The limits are a few milliseconds here; what is waited for is the end of
// the connection, not a time.

using namespace iothub;
using namespace iothub::test;
using namespace std::chrono_literals;

namespace {

http_codec::session_limits impatient() {
    http_codec::session_limits limits;
    limits.time = {5ms, 5ms, 5ms, 4};
    return limits;
}

http_codec::session_limits patient_but(std::chrono::milliseconds http_codec::time_limits::* which) {
    http_codec::session_limits limits;
    limits.time.*which = 5ms;
    return limits;
}

// Runs the loop until the connection is ended, for at most ten seconds; what was sent.
std::string run_to_the_end(rest_world& w) {
    const auto give_up = std::chrono::steady_clock::now() + 10s;
    while (!w.stream->ended() && std::chrono::steady_clock::now() < give_up) {
        w.loop.restart();
        w.loop.run_one_for(100ms);
        w.settle();
    }
    CHECK(w.stream->ended());
    return w.stream->take_sent();
}

const std::string head =
    "PUT /devices/d HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n";

} // namespace

TEST_CASE("time: a connection that asks nothing") {
    rest_world w(patient_but(&http_codec::time_limits::head));
    CHECK(run_to_the_end(w).empty());
}

TEST_CASE("time: a header that does not end") {
    rest_world w(patient_but(&http_codec::time_limits::head));
    CHECK(w.exchange("GET / HTTP/1.1\r\nHos").empty());
    const auto answers = read_answers(run_to_the_end(w));
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].status == 408);
    CHECK(answers[0].header("Connection") == "close");
    CHECK(w.log.mentions("408"));
}

TEST_CASE("time: a body that does not come") {
    rest_world w(patient_but(&http_codec::time_limits::body_window));
    CHECK(w.exchange(head + "abc").empty());
    const auto answers = read_answers(run_to_the_end(w));
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].status == 408);
}

TEST_CASE("time: a connection that was used and then forgotten") {
    rest_world w(patient_but(&http_codec::time_limits::idle));
    CHECK(w.ask("GET", "/devices").status == 200);
    CHECK(run_to_the_end(w).empty());
    CHECK_FALSE(w.stream->aborted());
}

TEST_CASE("time: a peer that does not read its answers") {
    rest_world w(patient_but(&http_codec::time_limits::idle));
    w.stream->stop_taking();
    const std::string one = rest_world::request("GET", "/devices/none");
    while (!w.stream->paused() && !w.stream->ended()) {
        w.stream->deliver(one);
        w.settle();
    }
    run_to_the_end(w);
    CHECK(w.stream->aborted());
}

TEST_CASE("time: an impatient hub still answers what comes whole") {
    rest_world w(impatient());
    CHECK(w.ask("PUT", "/devices/d", "{}").status == 200);
}
