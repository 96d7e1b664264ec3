#include "emulator/core/limits/limiter.hpp"

#include <string>

#include "emulator/core/counters.hpp"
#include "support/catch.hpp"
#include "support/manual_clock.hpp"

namespace iothub::core {

namespace {

using namespace std::chrono_literals;

struct bench {
    explicit bench(std::string_view profile = "S1") { limits.use(*find_limit_profile(profile)); }

    test::manual_clock clock;
    counters count;
    limiter limits{clock, count};
};

} // namespace

TEST_CASE("nothing is limited until a tier is chosen", "[limits]") {
    test::manual_clock clock;
    counters count;
    limiter limits(clock, count);
    CHECK(limits.profile().name == "off");
    CHECK(limits.charge(operation::query, 1'000'000));
    CHECK(limits.charge(operation::d2c_send, limiter::messages{1'000'000, 1'000'000'000}));
    CHECK(limits.units_today() == 1'000'000'000);
    CHECK(count.throttled + count.over_quota == 0);
}

TEST_CASE("an operation that comes too fast is refused, in the service's words", "[limits]") {
    bench b;
    CHECK(b.limits.charge(operation::query, 60)); // three minutes' worth
    const auto refused = b.limits.charge(operation::query);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::throttling_backlog_timeout);
    CHECK(refused.error().message == "The request has been throttled. Wait 10 seconds and try "
                                     "again. Operation type: Query");
    CHECK(b.count.throttled == 1);
    CHECK(b.limits.refused(operation::query) == 1);
    b.clock.advance(3s);
    CHECK(b.limits.charge(operation::query));
    CHECK_FALSE(b.limits.charge(operation::query));
}

TEST_CASE("meters are apart, but operations on one share it", "[limits]") {
    bench b;
    CHECK(b.limits.charge(operation::registry_read, 300));
    CHECK_FALSE(b.limits.charge(operation::registry_write));
    CHECK(b.limits.refused(operation::registry_read) == 0);
    CHECK(b.limits.refused(operation::registry_write) == 1);
    CHECK(b.limits.charge(operation::twin_read));
    CHECK(b.limits.charge(operation::query));
}

TEST_CASE("what is free stays free", "[limits]") {
    bench b;
    CHECK(b.limits.charge(operation::none, 1'000'000));
}

TEST_CASE("the quota of a day, which ends with the day", "[limits]") {
    bench b("F1");
    CHECK(b.limits.charge(operation::d2c_send, limiter::messages{1, 7'998}));
    CHECK(b.limits.charge(operation::c2d_send, limiter::messages{1, 1}));
    const auto refused = b.limits.charge(operation::d2c_send, limiter::messages{1, 2});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::quota_exceeded);
    CHECK(refused.error().message.find("Max allowed message count: '8000', current message "
                                       "count: '8001'") != std::string::npos);
    CHECK(b.limits.charge(operation::d2c_send, limiter::messages{1, 1}));
    CHECK_FALSE(b.limits.charge(operation::c2d_send, limiter::messages{1, 1}));
    CHECK(b.limits.units_today() == 8'000);
    CHECK(b.count.over_quota == 2);
    CHECK(b.count.throttled == 0);
    b.clock.advance(21h); // 2026-01-03T00:04:05Z
    CHECK(b.limits.units_today() == 0);
    CHECK(b.limits.charge(operation::d2c_send, limiter::messages{1, 1}));
    CHECK(b.limits.units_today() == 1);
}

TEST_CASE("messages that are throttled are not metered", "[limits]") {
    bench b;
    CHECK(b.limits.charge(operation::c2d_send, limiter::messages{300, 300}));
    CHECK(b.limits.charge(operation::c2d_send, limiter::messages{1, 1}).error().code ==
          errc::throttling_backlog_timeout);
    CHECK(b.limits.units_today() == 300);
}

TEST_CASE("a message counts once for every unit that it begins", "[limits]") {
    bench s1;
    CHECK(s1.limits.units_of(0) == 1);
    CHECK(s1.limits.units_of(4096) == 1);
    CHECK(s1.limits.units_of(4097) == 2);
    CHECK(s1.limits.units_of(256 * 1024) == 64);
    bench f1("F1");
    CHECK(f1.limits.units_of(512) == 1);
    CHECK(f1.limits.units_of(513) == 2);
}

TEST_CASE("with another tier everything may come at once again, but the day goes on", "[limits]") {
    bench b;
    CHECK(b.limits.charge(operation::query, 60));
    CHECK(b.limits.charge(operation::d2c_send, limiter::messages{1, 9'000}));
    b.limits.use(*find_limit_profile("F1"));
    CHECK(b.limits.charge(operation::query));
    CHECK(b.limits.charge(operation::d2c_send, limiter::messages{1, 1}).error().code ==
          errc::quota_exceeded);
    b.limits.use(*find_limit_profile("off"));
    CHECK(b.limits.charge(operation::d2c_send, limiter::messages{1, 1}));
}

} // namespace iothub::core
