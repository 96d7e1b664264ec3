// What the five SDKs say, as it was seen on the wire or read in their sources (device protocol §1).

#include "script.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

constexpr auto twin_filter = "$iothub/twin/res/#";
constexpr auto desired_filter = "$iothub/twin/PATCH/properties/desired/#";
constexpr auto method_filter = "$iothub/methods/POST/#";
constexpr auto fresh_twin = R"({"desired":{"$version":1},"reported":{"$version":1}})";

std::string get_topic(const std::string& rid) {
    return "$iothub/twin/GET/?$rid=" + rid;
}
std::string patch_topic(const std::string& rid) {
    return "$iothub/twin/PATCH/properties/reported/?$rid=" + rid;
}
std::string reply_topic(const std::string& status, const std::string& rid) {
    return "$iothub/twin/res/" + status + "/?$rid=" + rid;
}

property given(std::string key, std::string value) {
    return {std::move(key), std::move(value)};
}

step one_event(std::string body, property_bag system, property_bag application) {
    return does([=](stage s) {
        const auto events = s.hub_side.events("dev1");
        REQUIRE(events.size() == 1);
        CHECK(events[0].body == body);
        CHECK(events[0].system_properties == system);
        CHECK(events[0].application_properties == application);
        CHECK(s.hub_side.hub.count().messages == 1);
    });
}

step desired_becomes(const identity_key& key, std::string desired) {
    return does([=](stage s) { s.hub_side.change_desired(key, desired); });
}

} // namespace

TEST_CASE("Node: a device with twin, desired properties and telemetry") {
    const packet::connect_fields hello{
        "dev1",
        "localhost:18883/dev1/?api-version=2021-04-12&model-id=dtmi:com:example:thermostat;1"
        "&DeviceClientType=azure-iot-device%2F1.18.4%20(node%20v18.19.0%3B%20linux%3B%20x64)",
        "SharedAccessSignature sr=localhost%3A18883%2Fdevices%2Fdev1"
        "&sig=UmbMs8EDVg3kQhdwqAVphIrwsjhEjhq1dHPgx9CAnwU%3D&se=1795394839",
        180};
    play(script{
             sends(packet::connect(hello)),
             gets(packet::connack(0)),
             sends(packet::subscribe(1, {{twin_filter, 0}})),
             gets(packet::suback(1, {0})),
             sends(packet::publish(get_topic("a-b-c"), " ")),
             gets(packet::publish(reply_topic("200", "a-b-c"), fresh_twin)),
             sends(packet::subscribe(2, {{desired_filter, 0}})),
             gets(packet::suback(2, {0})),
             sends(packet::publish(patch_topic("d-e-f"), R"({"fan":{"speed":3}})")),
             gets(packet::publish(reply_topic("204", "d-e-f") + "&$version=2", "")),
             desired_becomes(device, R"({"interval":5,"old":null})"),
             gets(packet::publish("$iothub/twin/PATCH/properties/desired/?$version=2",
                                  R"({"interval":5,"old":null,"$version":2})")),
             sends(packet::publish_1(
                 3,
                 "devices/dev1/messages/events/%24.mid=id%201%2F2&%24.cid=c1&%24.uid=u"
                 "&%24.ct=application%2Fjson&%24.ce=utf-8&a%20b=c%26d%2F%C3%A9&%24.sub=comp1",
                 "{}")),
             gets(packet::puback(3)),
             one_event("{}",
                       {given("message-id", "id 1/2"), given("correlation-id", "c1"),
                        given("user-id", "u"), given("content-type", "application/json"),
                        given("content-encoding", "utf-8"), given("dt-subject", "comp1"),
                        given("dt-dataschema", "dtmi:com:example:thermostat;1")},
                       {given("a b", "c&d/\xc3\xa9")}),
             does([](stage s) {
                 CHECK(s.hub_side.hub.twins().get(device)->model_id ==
                       "dtmi:com:example:thermostat;1");
             }),
             sends(packet::disconnect()),
         } +
         ends("goodbye"));
}

TEST_CASE("Node: a module's output, with a slash after the bag") {
    play(connects(module) +
         script{sends(packet::publish_1(1,
                                        "devices/dev1/modules/m1/messages/events/"
                                        "%24.on=out1&%24.mid=7&%24.sub=comp1/",
                                        "x")),
                gets(packet::puback(1)),
                one_event("x",
                          {given("iothub-outputname", "out1"), given("message-id", "7"),
                           given("dt-subject", "comp1")},
                          {})});
}

TEST_CASE("Python: a module that asks for everything at QoS 1") {
    const packet::connect_fields hello{
        "dev1/m1",
        "fake.azure-devices.net/dev1/m1/?api-version=2019-10-01&DeviceClientType="
        "azure-iot-device-iothub-py%2F2.14.0%283.11.2%3BLinux%29",
        "SharedAccessSignature sr=fake.azure-devices.net%2Fdevices%2Fdev1%2Fmodules%2Fm1"
        "&sig=RF0Rv5UPgsG7H5iLmkzZ084jwQNMHqJhzCENGO%2BTIwk%3D&se=1795394961",
        60};
    play({sends(packet::connect(hello)), gets(packet::connack(0)),
          sends(packet::subscribe(1, {{twin_filter, 1}})), gets(packet::suback(1, {1})),
          sends(packet::publish_1(2, get_topic("r1"), " ")),
          gets(packet::puback(2) + packet::publish(reply_topic("200", "r1"), fresh_twin)),
          sends(packet::publish_1(3, patch_topic("r2"), R"({"up":true})")),
          gets(packet::puback(3) + packet::publish(reply_topic("204", "r2") + "&$version=2", "")),
          sends(packet::subscribe(4, {{"devices/dev1/modules/m1/inputs/#", 1}})),
          gets(packet::suback(4, {1})),
          sends(packet::publish_1(5, "devices/dev1/modules/m1/messages/events/%24.on=out1", "")),
          gets(packet::puback(5)), one_event("", {given("iothub-outputname", "out1")}, {}),
          sends(packet::pingreq()), gets(packet::pingresp())});
}

TEST_CASE("C: several filters in one SUBSCRIBE, an empty GET, and a bag that is not encoded") {
    const packet::connect_fields hello{
        "dev1",
        "127.0.0.7/dev1/?api-version=2020-09-30&DeviceClientType="
        "iothubclient%2f1.15.0%20(native%3b%20Linux%3b%20x86_64)",
        "SharedAccessSignature sr=127.0.0.7/devices/dev1"
        "&sig=RqqpO4gjd6Vad6iEOZmbxDYOcuK1TPuETfI%2bQCvwdS8%3d&se=1795395438",
        240};
    play({sends(packet::connect(hello)), gets(packet::connack(0)),
          sends(packet::subscribe(
              2,
              {{"devices/dev1/messages/devicebound/#", 1}, {twin_filter, 0}, {method_filter, 0}})),
          gets(packet::suback(2, {1, 0, 0})), sends(packet::publish(get_topic("3"), "")),
          gets(packet::publish(reply_topic("200", "3"), fresh_twin)),
          sends(packet::publish(patch_topic("4"), R"({"a":1})")),
          gets(packet::publish(reply_topic("204", "4") + "&$version=2", "")),
          sends(packet::publish_1(5,
                                  "devices/dev1/messages/events/a b=c&d&%24.cid=c1"
                                  "&%24.mid=id 1/2&%24.ct=application/json&%24.ce=utf-8",
                                  "hello")),
          gets(packet::puback(5)),
          one_event("hello",
                    {given("correlation-id", "c1"), given("message-id", "id 1/2"),
                     given("content-type", "application/json"), given("content-encoding", "utf-8")},
                    {given("a b", "c"), {"d", std::nullopt}}),
          sends(packet::subscribe(6, {{desired_filter, 0}})), gets(packet::suback(6, {0}))});
}

TEST_CASE(".NET: a module with everything on one wildcard") {
    packet::connect_fields hello = good_connect(module);
    hello.user_name = "gateway.test/dev1/m1/?api-version=2020-09-30&DeviceClientType="
                      ".NET%2F1.42.3%20%28.NET%208.0%3B%20Linux%3B%20X64%29";
    hello.keep_alive = 300;
    play({sends(packet::connect(hello)), gets(packet::connack(0)),
          sends(packet::subscribe(1, {{twin_filter, 1}})),
          sends(packet::subscribe(2, {{desired_filter, 1}})),
          gets(packet::suback(1, {1}) + packet::suback(2, {1})),
          sends(packet::subscribe(3, {{"devices/dev1/modules/m1/#", 1}})),
          gets(packet::suback(3, {1})), sends(packet::publish(get_topic("6f1c"), "")),
          gets(packet::publish(reply_topic("200", "6f1c"), fresh_twin)),
          sends(packet::publish(patch_topic("6f1d"), R"({"DateTimeLastAppLaunch":"2026"})")),
          gets(packet::publish(reply_topic("204", "6f1d") + "&$version=2", "")),
          desired_becomes(module, R"({"x":1})"),
          gets(packet::publish("$iothub/twin/PATCH/properties/desired/?$version=2",
                               R"({"x":1,"$version":2})")),
          sends(packet::publish_1(4,
                                  "devices/dev1/modules/m1/messages/events/"
                                  "%24.mid=1&iothub-creation=y&%24.ctime=2026-01-02/",
                                  "hi")),
          gets(packet::puback(4)),
          one_event("hi",
                    {given("message-id", "1"), given("iothub-creation-time-utc", "2026-01-02")},
                    {given("iothub-creation", "y")})});
}

TEST_CASE("Java: subscribes at its start, names system properties literally, patches by version") {
    packet::connect_fields hello = good_connect(device);
    hello.keep_alive = 230;
    play({sends(packet::connect(hello)), gets(packet::connack(0)),
          sends(packet::subscribe(1, {{"devices/dev1/messages/devicebound/#", 1}})),
          gets(packet::suback(1, {1})), sends(packet::subscribe(2, {{twin_filter, 1}})),
          gets(packet::suback(2, {1})),
          sends(packet::publish_1(3, patch_topic("r1") + "&$version=1", R"({"a":1})")),
          gets(packet::puback(3) + packet::publish(reply_topic("204", "r1") + "&$version=2", "")),
          sends(packet::publish_1(4,
                                  "devices/dev1/messages/events/"
                                  "$.mid=m&$.cid=c&$.cdid=dev1&p%20q=r&iothub-ack=full",
                                  "body")),
          gets(packet::puback(4)),
          one_event(
              "body",
              {given("message-id", "m"), given("correlation-id", "c"), given("iothub-ack", "full")},
              {given("p q", "r")})});
}
