// Direct methods over MQTT (device protocol §1.4): the recorded topics, both ways.

#include <algorithm>

#include "script.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

constexpr auto filter = "$iothub/methods/POST/#";

step invokes(const identity_key& target, std::string name, std::string payload) {
    return does([=](stage s) {
        s.hub_side.hub.methods().invoke(
            target, {name, payload}, [&log = s.hub_side.log](const auto& outcome) {
                log.write(log_level::info, "test",
                          outcome
                              ? "answer " + std::to_string(outcome->status) + " " + outcome->payload
                              : outcome.error().message);
            });
    });
}

step heard(std::string text) {
    return does([=](stage s) { CHECK(s.hub_side.log.mentions(text)); });
}

script takes_methods(const identity_key& self) {
    return connects(self) +
           script{sends(packet::subscribe(1, {{filter, 1}})), gets(packet::suback(1, {1}))};
}

} // namespace

TEST_CASE("a device is called as recorded and answers at QoS 0") {
    play(takes_methods(device) +
         script{invokes(device, "blink", "{\"n\":3}"),
                gets(packet::publish("$iothub/methods/POST/blink/?$rid=1", "{\"n\":3}")),
                sends(packet::publish("$iothub/methods/res/200/?$rid=1", "{\"ok\":1}")), gets(""),
                heard("answer 200 {\"ok\":1}")});
}

TEST_CASE("a module answers at QoS 1, with an empty body") {
    play(takes_methods(module) +
         script{invokes(module, "a b", ""),
                gets(packet::publish("$iothub/methods/POST/a%20b/?$rid=1", "")),
                sends(packet::publish_1(9, "$iothub/methods/res/404/?$rid=1", "")),
                gets(packet::puback(9)), heard("answer 404 ")});
}

TEST_CASE("a call that waits is delivered behind the SUBACK") {
    play(connects(device) +
         script{
             does([](stage s) {
                 s.hub_side.hub.methods().invoke(
                     device, {"m", "", std::chrono::seconds(30), std::chrono::seconds(10)},
                     [](const auto&) {});
             }),
             gets(""), sends(packet::subscribe(1, {{filter, 0}})),
             gets(packet::suback(1, {0}) + packet::publish("$iothub/methods/POST/m/?$rid=1", ""))});
}

TEST_CASE("who has not subscribed, or no longer, is not called") {
    play(takes_methods(device) + script{sends(packet::unsubscribe(2, {filter})),
                                        gets(packet::unsuback(2)), invokes(device, "m", ""),
                                        gets(""), heard("isn't online")});
}

TEST_CASE("of two answers the first counts, the second is logged") {
    const auto lines_with = [](std::string text, std::ptrdiff_t expected) {
        return does([=](stage s) {
            CHECK(std::ranges::count_if(s.hub_side.log.lines(), [&](const auto& line) {
                      return line.text.find(text) != std::string::npos;
                  }) == expected);
        });
    };
    const std::string topic = "$iothub/methods/res/200/?$rid=1";
    const std::string first = "{\"n\":1}";
    const std::string second = "{\"n\":2}";
    const auto called =
        takes_methods(device) + script{invokes(device, "m", ""),
                                       gets(packet::publish("$iothub/methods/POST/m/?$rid=1", ""))};
    const script told{lines_with("answer 200 " + first, 1), lines_with(second, 0),
                      lines_with("a method response for the unknown request '1'", 1)};
    play(called +
         script{sends(packet::publish_1(5, topic, first)), gets(packet::puback(5)),
                sends(packet::publish_1(6, topic, second)), gets(packet::puback(6))} +
         told);
    play(called +
         script{sends(packet::publish(topic, first) + packet::publish(topic, second)), gets("")} +
         told);
}

TEST_CASE("another's answer does not count, and is logged") {
    play(takes_methods(device) +
         script{does([](stage s) {
                    s.hub_side.hub.methods().invoke(
                        module, {"m", "", std::chrono::seconds(30), std::chrono::seconds(10)},
                        [](const auto&) { FAIL("nobody answered"); });
                }),
                sends(packet::publish("$iothub/methods/res/200/?$rid=1", "")), gets(""),
                heard("a method response for the unknown request '1'")});
}
