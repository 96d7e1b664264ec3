// What the hub as a whole refuses beyond the limits of a tier.
#include "emulator/core/limits/limiter.hpp"
#include "support/catch.hpp"
#include "support/memory_hub.hpp"

namespace iothub::core {

namespace {

struct bench : test::memory_hub {
    bench() { create(device); }

    void limit_to(std::string_view profile) { hub.limit_to(*find_limit_profile(profile)); }

    result<> take(std::size_t size) {
        const std::string body(size, 'x');
        return hub.take(sender, {{}, {}, body});
    }

    result<c2d_message> send() {
        c2d_message message;
        message.body = "x";
        return hub.send(device, message);
    }

    std::uint64_t kept() { return hub.count().messages; }

    const identity_key device{"d", ""};
    const device_principal sender{device, "638", "{}", never};
};

} // namespace

TEST_CASE("telemetry beyond a tier is not taken", "[limits]") {
    bench b;
    b.limit_to("F1");
    CHECK(b.take(7'990 * 512));
    CHECK(b.take(9 * 512));
    CHECK(b.take(2 * 512).error().code == errc::quota_exceeded);
    CHECK(b.take(512));
    CHECK(b.kept() == 3);
    b.limit_to("S1");
    REQUIRE(b.hub.limits().charge(operation::d2c_send, 500));
    CHECK(b.take(1).error().code == errc::throttling_backlog_timeout);
    CHECK(b.kept() == 3);
    b.clock.advance(std::chrono::seconds(1));
    CHECK(b.take(1));
}

TEST_CASE("messages that come together are taken together or not at all", "[limits]") {
    bench b;
    b.limit_to("F1");
    const std::string large(7'999 * 512, 'x');
    CHECK(b.hub.take_all(b.sender, {{{}, {}, large}, {{}, {}, "1"}, {{}, {}, "2"}}).error().code ==
          errc::quota_exceeded);
    CHECK(b.kept() == 0);
    CHECK(b.hub.take_all(b.sender, {{{}, {}, large}, {{}, {}, "1"}}));
    CHECK(b.kept() == 2);
    CHECK(b.hub.take_all(b.sender, {}));
}

TEST_CASE("cloud-to-device messages beyond a tier are not sent", "[limits]") {
    bench b;
    CHECK(b.send());
    b.limit_to("S1");
    REQUIRE(b.hub.limits().charge(operation::c2d_send, 300));
    CHECK(b.send().error().code == errc::throttling_backlog_timeout);
    CHECK(b.hub.c2d().list(b.device).size() == 1);
}

TEST_CASE("a tier's number of devices", "[limits]") {
    bench b;
    for (int i = 1; i < 500; ++i) {
        b.create({"d" + std::to_string(i), ""});
    }
    b.create({"d", "m"});
    CHECK(b.hub.identities().put({.key = {"one-more", ""}}, {}));
    b.limit_to("F1");
    const auto refused = b.hub.identities().put({.key = {"another", ""}}, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::quota_exceeded);
    CHECK(refused.error().message == "Total number of devices on IotHub exceeded the allocated "
                                     "quota. Max allowed device count: '500', current device "
                                     "count: '501'.");
    CHECK(b.hub.identities().put({.key = {"d", "n"}}, {})); // modules are not devices
    CHECK(b.hub.identities().put({.key = {"d", ""}}, precondition::anything()));
    b.limit_to("off");
    CHECK(b.hub.identities().put({.key = {"another", ""}}, {}));
}

} // namespace iothub::core
