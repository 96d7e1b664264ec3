#include "support/catch.hpp"

#include <stdexcept>

#include "bench/load/window.hpp"

using iothub::bench::window;
using std::chrono::milliseconds;

namespace {

window::time at(int ms) {
    return window::time(milliseconds(ms));
}

} // namespace

TEST_CASE("requests are numbered from 1 and keep when they were due", "[bench]") {
    window waiting;
    CHECK(waiting.open(at(5)) == 1);
    CHECK(waiting.open(at(7)) == 2);
    CHECK(waiting.size() == 2);
    CHECK(waiting.close(1) == at(5));
    CHECK(waiting.close(2) == at(7));
    CHECK(waiting.size() == 0);
}

TEST_CASE("numbers begin again at 1 after 65535, as MQTT's do", "[bench]") {
    window waiting;
    for (int i = 0; i < 65534; ++i) {
        waiting.close(waiting.open(at(i)));
    }
    CHECK(waiting.open(at(0)) == 65535);
    CHECK(waiting.open(at(1)) == 1);
    waiting.close(65535);
    CHECK(waiting.close(1) == at(1));
}

TEST_CASE("an answer out of its order, twice, or to nothing is told", "[bench]") {
    window waiting;
    CHECK_THROWS_AS(waiting.close(1), std::runtime_error);

    window skipped;
    skipped.open(at(0));
    skipped.open(at(0));
    CHECK_THROWS_AS(skipped.close(2), std::runtime_error);

    window twice;
    twice.open(at(0));
    twice.open(at(0));
    twice.close(1);
    CHECK_THROWS_AS(twice.close(1), std::runtime_error);
}
