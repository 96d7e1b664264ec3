// Devices beyond the limits of a tier (service API §8, device protocol §1.2, §1.3).
#include "script.hpp"

#include "emulator/core/limits/limiter.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

// Nothing is left of what may come at once.
step uses_up(core::operation what) {
    return does([what](stage s) {
        s.hub_side.hub.limit_to(*core::find_limit_profile("S1"));
        CHECK(s.hub_side.hub.limits().charge(what, 1'000'000));
    });
}

} // namespace

TEST_CASE("telemetry that comes too fast ends the connection, unacknowledged") {
    play(connects(device) + script{uses_up(core::operation::d2c_send)} +
         closes_on(packet::publish_1(1, "devices/dev1/messages/events/", "x"),
                   "throttled, as tier S1 would: D2CSend"));
}

TEST_CASE("telemetry beyond the day's quota ends the connection, unacknowledged") {
    play(connects(device) + script{does([](stage s) {
             s.hub_side.hub.limit_to(*core::find_limit_profile("F1"));
             CHECK(s.hub_side.hub.limits().charge(core::operation::d2c_send,
                                                  core::limiter::messages{1, 8'000}));
         })} +
         closes_on(packet::publish_1(1, "devices/dev1/messages/events/", "x"),
                   "the messages of a day in tier F1 are used up"));
}

TEST_CASE("a connection that comes too fast is turned away") {
    play(
        script{uses_up(core::operation::connection), sends(packet::connect(good_connect(device)))} +
        ends("throttled, as tier S1 would: Connection", packet::connack(3)));
}

TEST_CASE("twin requests that come too fast are answered with 429") {
    const std::string prefix = "$iothub/twin/res/429/?$rid=";
    play(connects(device) +
         script{
             sends(packet::subscribe(1, {{"$iothub/twin/res/#", 0}})), gets(packet::suback(1, {0})),
             uses_up(core::operation::twin_read),
             sends(packet::publish("$iothub/twin/GET/?$rid=1", "")), does([prefix](stage s) {
                 CHECK(s.machine.take_output().find(prefix + "1") != std::string::npos);
             }),
             uses_up(core::operation::twin_update),
             sends(packet::publish("$iothub/twin/PATCH/properties/reported/?$rid=2", R"({"a":1})")),
             does([prefix](stage s) {
                 CHECK(s.machine.take_output().find(prefix + "2") != std::string::npos);
                 CHECK(s.hub_side.hub.twins().get(device)->reported.values->empty());
             })});
}
