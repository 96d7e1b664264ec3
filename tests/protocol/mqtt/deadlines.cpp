// Silence and expiry, with a clock that the test moves (device protocol §1.3; reliability §1).

#include "common/sas_token.hpp"
#include "script.hpp"
#include "support/catch.hpp"
#include "support/tokens.hpp"

using namespace iothub;
using namespace iothub::test;
using namespace std::chrono_literals;

namespace {

step waits(ticks time) {
    return does([time](stage s) {
        s.hub_side.clock.advance(time);
        s.machine.check_deadline();
    });
}

step deadline_is_in(ticks time) {
    return does([time](stage s) { CHECK(s.machine.deadline() == s.hub_side.clock.now() + time); });
}

script connects_with_keep_alive(unsigned seconds) {
    packet::connect_fields hello = good_connect(device);
    hello.keep_alive = seconds;
    return {sends(packet::connect(hello)), gets(packet::connack(0))};
}

constexpr ticks moment(1);

} // namespace

TEST_CASE("a client that does not connect is closed after ten seconds") {
    play(script{deadline_is_in(10s), waits(10s - moment), gets(""), waits(moment)} +
         ends("no CONNECT in time"));
}

TEST_CASE("half a CONNECT does not buy time") {
    const std::string half = packet::connect(good_connect(device)).substr(0, 40);
    play(script{waits(9s), sends(half), waits(1s)} + ends("no CONNECT in time"));
}

TEST_CASE("silence ends a connection after one and a half times its keep-alive") {
    play(connects_with_keep_alive(60) +
         script{deadline_is_in(90s), waits(89s), sends(packet::pingreq()), gets(packet::pingresp()),
                deadline_is_in(90s), waits(90s - moment), gets(""), waits(moment)} +
         ends("keep-alive"));
}

TEST_CASE("silence publishes the will, once") {
    const auto published = [](std::size_t count) {
        return does([count](stage s) {
            const auto events = s.hub_side.events("dev1");
            REQUIRE(events.size() == count);
            CHECK((count == 0 || events[0].body == "gone"));
        });
    };
    const auto hello = connect_with_will(device, "devices/dev1/messages/events/");
    play(script{sends(packet::connect(hello)), gets(packet::connack(0)), waits(90s - moment),
                gets(""), published(0), waits(moment)} +
         ends("keep-alive") +
         script{published(1), waits(90s),
                does([](stage s) { s.machine.stream_ended("the client is gone"); }), published(1)});
}

TEST_CASE("half a packet and then silence is silence") {
    play(connects_with_keep_alive(60) +
         script{waits(60s),
                sends(packet::publish("devices/dev1/messages/events/", "x").substr(0, 9)),
                waits(30s)} +
         ends("keep-alive"));
}

TEST_CASE("no keep-alive is longer than 1767 seconds, nor is none at all") {
    play(connects_with_keep_alive(1177) + script{deadline_is_in(1765500ms)});
    play(connects_with_keep_alive(1179) + script{deadline_is_in(1767s)});
    play(connects_with_keep_alive(65535) + script{deadline_is_in(1767s)});
    play(connects_with_keep_alive(0) + script{deadline_is_in(1767s)});
}

TEST_CASE("a connection ends with its token") {
    packet::connect_fields hello = good_connect(device);
    const timestamp expiry = manual_clock().now() + 30s;
    hello.password = make_sas_token("hub.test/devices/dev1", identity_secret, expiry).value();
    play(script{sends(packet::connect(hello)), gets(packet::connack(0)), deadline_is_in(30s),
                waits(29s), sends(packet::pingreq()), gets(packet::pingresp()), deadline_is_in(1s),
                waits(1s)} +
         ends("token or certificate has expired"));
}

TEST_CASE("a token that never expires leaves the keep-alive") {
    packet::connect_fields hello = good_connect(device);
    hello.password = raw_token("hub.test/devices/dev1", identity_secret, "9223372036854775807");
    play({sends(packet::connect(hello)), gets(packet::connack(0)), deadline_is_in(90s)});
}

TEST_CASE("every packet counts as activity") {
    const auto last_activity = [](stage s) {
        core::identity id;
        id.key = device;
        s.hub_side.hub.sessions().describe(id);
        return id.activity.last_activity;
    };
    play(connects(device) +
         script{waits(5s), sends(packet::pingreq()), gets(packet::pingresp()),
                does([=](stage s) { CHECK(last_activity(s) == manual_clock().now() + 5s); })});
}
