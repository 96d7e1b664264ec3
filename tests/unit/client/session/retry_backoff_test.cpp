#include "client/src/session/retry_backoff.hpp"

#include "support/catch.hpp"

using namespace std::chrono_literals;
using iothub::retry_policy;
using iothub::client::retry_backoff;

namespace {

const retry_backoff::time_point start{};

retry_backoff without_jitter(const retry_policy& policy) {
    return {policy, [] { return 0.0; }};
}

} // namespace

TEST_CASE("delays double up to the longest") {
    auto backoff = without_jitter({.initial_delay = 250ms, .max_delay = 1500ms});
    CHECK(backoff.failed(start) == start + 250ms);
    CHECK(backoff.failed(start) == start + 500ms);
    CHECK(backoff.failed(start) == start + 1000ms);
    CHECK(backoff.failed(start) == start + 1500ms);
    CHECK(backoff.failed(start) == start + 1500ms);
}

TEST_CASE("a thousand failures do not overflow the delay") {
    auto backoff = without_jitter({.initial_delay = 10h, .max_delay = 20h});
    for (int i = 0; i < 1000; ++i) {
        backoff.failed(start);
    }
    CHECK(backoff.failed(start) == start + 20h);
}

TEST_CASE("jitter takes away at most half of a delay") {
    retry_backoff backoff({.initial_delay = 1000ms, .max_delay = 1000ms}, [] { return 0.5; });
    CHECK(backoff.failed(start) == start + 750ms);
    retry_backoff most({.initial_delay = 1000ms, .max_delay = 1000ms}, [] { return 0.999; });
    CHECK(most.failed(start) >= start + 500ms);
}

TEST_CASE("only a connection that held for ten seconds starts the row anew") {
    auto backoff = without_jitter({.initial_delay = 100ms, .max_delay = 10s});
    backoff.failed(start);
    backoff.connected(start);
    CHECK(backoff.failed(start + 9s) == start + 9s + 200ms);
    backoff.connected(start + 10s);
    CHECK(backoff.failed(start + 20s) == start + 20s + 100ms);
}

TEST_CASE("the retry policy's time counts from the loss of the connection") {
    auto backoff =
        without_jitter({.initial_delay = 1000ms, .max_delay = 1000ms, .max_duration = 3000ms});
    CHECK(backoff.failed(start));
    CHECK(backoff.failed(start + 2000ms));
    CHECK_FALSE(backoff.failed(start + 2001ms));

    backoff.connected(start + 3s);
    CHECK(backoff.failed(start + 60s));
}

TEST_CASE("a restart forgets what was") {
    auto backoff =
        without_jitter({.initial_delay = 100ms, .max_delay = 800ms, .max_duration = 1000ms});
    backoff.failed(start);
    backoff.failed(start);
    backoff.restart();
    CHECK(backoff.failed(start + 1h) == start + 1h + 100ms);
}
