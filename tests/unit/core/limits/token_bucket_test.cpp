#include "emulator/core/limits/token_bucket.hpp"

#include "support/catch.hpp"
#include "support/manual_clock.hpp"

using namespace iothub;
using namespace std::chrono_literals;

namespace {

struct bench {
    bool take(double amount) { return bucket.take(amount, allowed, clock.now()); }

    test::manual_clock clock;
    core::token_bucket bucket;
    core::rate allowed{2, 10}; // 2 a second, 10 at once
};

} // namespace

TEST_CASE("a bucket is full at first, and then fills by and by", "[limits]") {
    bench b;
    for (int i = 0; i < 10; ++i) {
        CHECK(b.take(1));
    }
    CHECK_FALSE(b.take(1));
    b.clock.advance(499ms);
    CHECK_FALSE(b.take(1));
    b.clock.advance(1ms);
    CHECK(b.take(1));
    CHECK_FALSE(b.take(1));
    b.clock.advance(2s);
    CHECK(b.take(4));
    CHECK_FALSE(b.take(1));
}

TEST_CASE("a bucket never holds more than it may", "[limits]") {
    bench b;
    CHECK(b.take(10));
    b.clock.advance(24h);
    CHECK(b.take(10));
    CHECK_FALSE(b.take(1));
}

TEST_CASE("what is refused takes nothing", "[limits]") {
    bench b;
    CHECK(b.take(8));
    CHECK_FALSE(b.take(3));
    CHECK(b.take(2));
}

TEST_CASE("what no bucket could hold passes when the bucket is full", "[limits]") {
    bench b;
    CHECK(b.take(1000));
    CHECK_FALSE(b.take(1000));
    b.clock.advance(4s);
    CHECK_FALSE(b.take(1000));
    b.clock.advance(1s);
    CHECK(b.take(1000));
}

TEST_CASE("a clock that is set back fills nothing, and then goes on", "[limits]") {
    bench b;
    CHECK(b.take(10));
    b.clock.advance(-1h);
    CHECK_FALSE(b.take(1));
    b.clock.advance(1s);
    CHECK(b.take(2));
    CHECK_FALSE(b.take(1));
}
