// Telemetry beyond what the SDKs' conversations show (device protocol §1.3).

#include "emulator/mqtt/operations/telemetry.hpp"
#include "script.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

const std::string events = "devices/dev1/messages/events";

} // namespace

TEST_CASE("an event carries who sent it and when") {
    play(connects(module) +
         script{sends(packet::publish("devices/dev1/modules/m1/messages/events", "x")), gets(""),
                does([](stage s) {
                    const auto kept = s.hub_side.events("dev1");
                    REQUIRE(kept.size() == 1);
                    CHECK(kept[0].source == module);
                    CHECK(kept[0].generation_id == "637000000000000000");
                    CHECK(kept[0].auth_method == R"({"scope":"module","type":"sas",)"
                                                 R"("issuer":"iothub",)"
                                                 R"("acceptingIpFilterRule":null})");
                    CHECK(kept[0].enqueued == s.hub_side.clock.now());
                })});
}

TEST_CASE("RETAIN becomes a property") {
    play(connects(device) +
         script{sends(packet::publish_1(1, events + "/a=b", "x", 0x01)), gets(packet::puback(1)),
                does([](stage s) {
                    CHECK(s.hub_side.events("dev1").at(0).application_properties ==
                          property_bag{{"a", "b"}, {"mqtt-retain", "true"}});
                })});
}

TEST_CASE("a system property that is not known keeps its name, a connection's is the hub's") {
    play(connects(device) +
         script{sends(packet::publish(events + "/%24.new=1&%24.cdid=x&%24.cmid=y", "")),
                does([](stage s) {
                    const auto kept = s.hub_side.events("dev1").at(0);
                    CHECK(kept.system_properties == property_bag{{"$.new", "1"}});
                    CHECK(kept.application_properties.empty());
                })});
}

TEST_CASE("messages are acknowledged in their order, a repeated one too") {
    play(connects(device) +
         script{sends(packet::publish_1(7, events + "/", "a") +
                      packet::publish_1(3, events + "/", "b") +
                      packet::publish_1(7, events + "/", "a", 0x08)),
                gets(packet::puback(7) + packet::puback(3) + packet::puback(7)),
                does([](stage s) { CHECK(s.hub_side.events("dev1").size() == 3); })});
}

TEST_CASE("payload and bag may have 256 KiB, and not a byte more") {
    const std::string bag = "key=value";
    const std::string payload(core::max_device_message_bytes - bag.size(), 'x');
    play(connects(device) +
         script{sends(packet::publish_1(1, events + "/" + bag, payload)), gets(packet::puback(1))});
    play(connects(device) +
         script{
             sends(packet::publish_1(1, events, std::string(core::max_device_message_bytes, 'x'))),
             gets(packet::puback(1))});
    play(connects(device) +
         closes_on(packet::publish_1(1, events + "/" + bag, payload + "x"), "over 256 KiB"));
}
