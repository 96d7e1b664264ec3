#include "support/catch.hpp"

#include "bench/load/histogram.hpp"

using iothub::bench::histogram;
using std::chrono::nanoseconds;

TEST_CASE("a histogram without latencies says 0", "[bench]") {
    CHECK(histogram().quantile_us(0.99) == 0);
    CHECK(histogram().count() == 0);
}

TEST_CASE("latencies below 128 ns are kept as they are", "[bench]") {
    for (const int ns : {0, 1, 63, 64, 127}) {
        histogram latencies;
        latencies.add(nanoseconds(ns));
        CHECK(latencies.quantile_us(1) == Approx(ns / 1000.0));
    }
}

TEST_CASE("every latency is at most 1/64 too large, and never too small", "[bench]") {
    for (std::int64_t ns = 128; ns < 100'000'000'000; ns = ns * 17 / 13 + 1) {
        histogram latencies;
        latencies.add(nanoseconds(ns));
        const double found = latencies.quantile_us(0.5) * 1000;
        INFO(ns);
        CHECK(found >= static_cast<double>(ns));
        CHECK(found <= static_cast<double>(ns) * 65 / 64);
    }
}

TEST_CASE("a quantile is the latency that so many do not exceed", "[bench]") {
    histogram latencies;
    for (int ns = 1; ns <= 100; ++ns) {
        latencies.add(nanoseconds(ns));
    }
    CHECK(latencies.count() == 100);
    CHECK(latencies.quantile_us(0) == Approx(0.001));
    CHECK(latencies.quantile_us(0.5) == Approx(0.050));
    CHECK(latencies.quantile_us(0.99) == Approx(0.099));
    CHECK(latencies.quantile_us(1) == Approx(0.100));
}

TEST_CASE("one slow answer among a hundred is the p100 and not the p99", "[bench]") {
    histogram latencies;
    for (int i = 0; i < 99; ++i) {
        latencies.add(nanoseconds(100));
    }
    latencies.add(std::chrono::seconds(1));
    CHECK(latencies.quantile_us(0.99) == Approx(0.1));
    CHECK(latencies.quantile_us(0.991) == Approx(1'000'000).epsilon(0.02));
}

TEST_CASE("a clock that went back counts as no time", "[bench]") {
    histogram latencies;
    latencies.add(nanoseconds(-5));
    CHECK(latencies.count() == 1);
    CHECK(latencies.quantile_us(1) == 0);
}
