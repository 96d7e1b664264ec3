// Twin requests that fail, and who is told what (device protocol §1.4, §1.6).

#include "script.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

const std::string patch = "$iothub/twin/PATCH/properties/reported/?$rid=1";
const std::string get = "$iothub/twin/GET/?$rid=1";

script subscribed() {
    return connects(device) + script{sends(packet::subscribe(1, {{"$iothub/twin/res/#", 0}})),
                                     gets(packet::suback(1, {0}))};
}

// The answer is an error of `status` whose body has `code`, and the twin is as it was.
void answers(const std::string& topic, const std::string& payload, int status,
             const std::string& code) {
    INFO(topic << " " << payload.substr(0, 100));
    play(subscribed() +
         script{sends(packet::publish(topic, payload)), does([=](stage s) {
                    const std::string answer = s.machine.take_output();
                    CHECK_THAT(answer, Catch::Contains("$iothub/twin/res/" +
                                                       std::to_string(status) + "/?$rid=1{"));
                    CHECK_THAT(answer, Catch::Contains("\"errorCode\":" + code));
                    const auto twin = s.hub_side.hub.twins().get(device);
                    CHECK(twin->reported.version == 1);
                }),
                gets("")});
}

} // namespace

TEST_CASE("an error's body says what Node reads") {
    play(subscribed() +
         script{sends(packet::publish(patch + "&$version=9", "{}")),
                gets(packet::publish(
                    "$iothub/twin/res/412/?$rid=1",
                    R"({"errorCode":412001,"trackingId":"000102030405460788090a0b0c0d0e0f-G:0-)"
                    R"(TimeStamp:01/02/2026 03:04:05","message":)"
                    R"("The reported properties have another version.",)"
                    R"("timestampUtc":"2026-01-02T03:04:05Z"})"))});
}

TEST_CASE("a reported patch that is no JSON object or breaks a twin rule: 400") {
    for (const char* payload : {"", " ", "{", "nonsense", "[]", "5", "null", "\"text\"", "\xff",
                                R"({"a.b":1})", R"({"a":[null]})", R"({"a":4503599627370496})"}) {
        answers(patch, payload, 400, "400004");
    }
    answers(patch, std::string(300, '['), 400, "400004");
    answers(patch, R"({"a":")" + std::string(4097, 'x') + "\"}", 400, "400004");
}

TEST_CASE("a reported section of over 32 KiB: 400") {
    std::string large = "{\"a\":0";
    for (int i = 0; i < 9; ++i) {
        large += ",\"k" + std::to_string(i) + "\":\"" + std::string(4000, 'x') + '"';
    }
    answers(patch, large + "}", 400, "400004");
}

TEST_CASE("a store that cannot be read: 500, and the next request works") {
    play(subscribed() +
         script{does([](stage s) { s.hub_side.store.reads_fail = true; }),
                sends(packet::publish(get, "") + packet::publish(patch, "{}")), does([](stage s) {
                    const std::string answers = s.machine.take_output();
                    CHECK_THAT(answers, Catch::Contains("$iothub/twin/res/500/?$rid=1{"));
                    CHECK_THAT(answers, Catch::Contains("\"errorCode\":500001"));
                    CHECK_FALSE(s.machine.ended());
                    CHECK(s.hub_side.log.mentions("the disk is broken"));
                    CHECK(s.hub_side.hub.count().errors == 2);
                    s.hub_side.store.reads_fail = false;
                }),
                sends(packet::publish(patch, "{}")),
                gets(packet::publish("$iothub/twin/res/204/?$rid=1&$version=2", ""))});
}

TEST_CASE("requests are answered in their order, though several are under way") {
    play(subscribed() +
         script{sends(packet::publish_1(1, patch, R"({"a":1})") +
                      packet::publish_1(2, "$iothub/twin/PATCH/properties/reported/?$rid=2",
                                        R"({"b":2})") +
                      packet::publish_1(3, "$iothub/twin/GET/?$rid=3", "")),
                gets(packet::puback(1) +
                     packet::publish("$iothub/twin/res/204/?$rid=1&$version=2", "") +
                     packet::puback(2) +
                     packet::publish("$iothub/twin/res/204/?$rid=2&$version=3", "") +
                     packet::puback(3) +
                     packet::publish("$iothub/twin/res/200/?$rid=3",
                                     R"({"desired":{"$version":1},)"
                                     R"("reported":{"a":1,"b":2,"$version":3}})"))});
}

TEST_CASE(
    "who begins a clean session and has not subscribed gets no response, but the patch counts") {
    auto fields = good_connect(device);
    fields.extra_flags = 0x02; // clean session
    play(script{sends(packet::connect(fields)), gets(packet::connack(0)),
                sends(packet::publish_1(1, patch, R"({"a":1})")), gets(packet::puback(1)),
                does([](stage s) {
                    CHECK(s.hub_side.hub.twins().get(device)->reported.version == 2);
                    CHECK(s.hub_side.hub.count().twin_writes == 1);
                })});
}

TEST_CASE("who goes on with a session gets responses unasked: Node subscribes once in its life") {
    play(connects(device) +
         script{sends(packet::publish(patch, R"({"a":1})")),
                gets(packet::publish("$iothub/twin/res/204/?$rid=1&$version=2", ""))});
}

TEST_CASE("a desired update reaches who subscribed, until it unsubscribes") {
    const std::string filter = "$iothub/twin/PATCH/properties/desired/#";
    const auto change = does([](stage s) { s.hub_side.change_desired(device, R"({"x":1})"); });
    play(connects(device) +
         script{change, gets(""), sends(packet::subscribe(1, {{filter, 1}})),
                gets(packet::suback(1, {1})), change,
                gets(packet::publish("$iothub/twin/PATCH/properties/desired/?$version=3",
                                     R"({"x":1,"$version":3})")),
                sends(packet::unsubscribe(2, {filter, "unknown/#"})), gets(packet::unsuback(2)),
                change, gets("")});
}
