#include "support/catch.hpp"

#include "bench/load/arrivals.hpp"

using iothub::bench::arrivals;
using std::chrono::microseconds;
using std::chrono::seconds;

TEST_CASE("requests are due at equal distances from the start", "[bench]") {
    const arrivals::time start{seconds(3)};
    arrivals due(start, 1000);
    CHECK(due.take() == start);
    CHECK(due.take() == start + microseconds(1000));
    CHECK(due.next() == start + microseconds(2000));
    CHECK(due.next() == start + microseconds(2000));
}

TEST_CASE("the distances do not drift", "[bench]") {
    const arrivals::time start{};
    arrivals due(start, 3);
    for (int i = 0; i < 300; ++i) {
        due.take();
    }
    CHECK(due.next() == start + seconds(100));
}
