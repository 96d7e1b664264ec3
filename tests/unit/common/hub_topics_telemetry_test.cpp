#include "common/hub_topics.hpp"

#include "support/catch.hpp"

namespace iothub::topics {

namespace {

const identity_key device{"dev1", ""};
const identity_key module{"dev1", "m1"};

property_bag bag_of(std::string_view topic, const identity_key& self) {
    const publication parsed = parse_publication(topic, self);
    CAPTURE(topic);
    REQUIRE(std::holds_alternative<telemetry>(parsed));
    return std::get<telemetry>(parsed).properties;
}

bool is_malformed(std::string_view topic, const identity_key& self) {
    return std::holds_alternative<malformed>(parse_publication(topic, self));
}

} // namespace

TEST_CASE("the telemetry topic of Node and Python is read", "[hub_topics]") {
    CHECK(bag_of("devices/dev1/messages/events/%24.mid=id%201%2F2&%24.cid=c1&%24.uid=u&"
                 "%24.ct=application%2Fjson&%24.ce=utf-8&a%20b=c%26d%2F%C3%A9&%24.sub=comp1",
                 device) == property_bag{{"$.mid", "id 1/2"},
                                         {"$.cid", "c1"},
                                         {"$.uid", "u"},
                                         {"$.ct", "application/json"},
                                         {"$.ce", "utf-8"},
                                         {"a b", "c&d/\xc3\xa9"},
                                         {"$.sub", "comp1"}});
}

TEST_CASE("the telemetry topic of a Node module ends with a slash that is not its own",
          "[hub_topics]") {
    CHECK(bag_of("devices/dev1/modules/m1/messages/events/%24.on=out1&%24.mid=1&%24.sub=comp1/",
                 module) == property_bag{{"$.on", "out1"}, {"$.mid", "1"}, {"$.sub", "comp1"}});
}

TEST_CASE("the telemetry topic of C carries its bag un-encoded", "[hub_topics]") {
    CHECK(bag_of("devices/dev1/messages/events/a b=c&d&%24.cid=c1&%24.mid=id 1/2&"
                 "%24.ct=application/json&%24.ce=utf-8",
                 device) == property_bag{{"a b", "c"},
                                         {"d", std::nullopt},
                                         {"$.cid", "c1"},
                                         {"$.mid", "id 1/2"},
                                         {"$.ct", "application/json"},
                                         {"$.ce", "utf-8"}});
    CHECK(bag_of("devices/dev1/modules/m1/messages/events/p=x/modules/y=z&%24.on=out1", module) ==
          property_bag{{"p", "x/modules/y=z"}, {"$.on", "out1"}});
}

TEST_CASE("the telemetry topics of .NET and Java are read", "[hub_topics]") {
    CHECK(bag_of("devices/dev1/messages/events/%24.mid=1&k%2F1=v/", device) ==
          property_bag{{"$.mid", "1"}, {"k/1", "v"}});
    CHECK(bag_of("devices/dev1/messages/events/$.mid=1&$.cid=c&k%201=v%201", device) ==
          property_bag{{"$.mid", "1"}, {"$.cid", "c"}, {"k 1", "v 1"}});
    CHECK(bag_of("devices/dev1/modules/m1/messages/events/$.mid=1/", module) ==
          property_bag{{"$.mid", "1"}});
}

TEST_CASE("telemetry needs no bag, and no slash where one would begin", "[hub_topics]") {
    CHECK(bag_of("devices/dev1/messages/events/", device).empty());
    CHECK(bag_of("devices/dev1/messages/events", device).empty());
    CHECK(bag_of("devices/dev1/messages/events//", device).empty());
    CHECK(bag_of("devices/dev1/modules/m1/messages/events", module).empty());
}

TEST_CASE("only one trailing slash is taken from a bag", "[hub_topics]") {
    CHECK(bag_of("devices/dev1/messages/events/k=v//", device) == property_bag{{"k", "v/"}});
}

TEST_CASE("telemetry for another identity is refused", "[hub_topics]") {
    CHECK(is_malformed("devices/dev2/messages/events/", device));
    CHECK(is_malformed("devices/dev11/messages/events/", device));
    CHECK(is_malformed("devices/dev/messages/events/", device));
    CHECK(is_malformed("devices/DEV1/messages/events/", device));
    CHECK(is_malformed("devices/dev1/modules/m1/messages/events/", device));
    CHECK(is_malformed("devices/dev1/messages/events/", module));
    CHECK(is_malformed("devices/dev1/modules/m2/messages/events/", module));
    CHECK(is_malformed("devices/dev2/modules/m1/messages/events/", module));
}

TEST_CASE("what only looks like a telemetry topic is refused", "[hub_topics]") {
    const std::string topic =
        GENERATE("", "/", "devices/dev1/messages/eventsx", "devices/dev1/messages/events?k=v",
                 "devices/dev1/messages", "devices/dev1/messages/devicebound/k=v",
                 "Devices/dev1/messages/events/", "/devices/dev1/messages/events/",
                 "devices/dev1//messages/events/", "devices/dev1/Messages/events/", "telemetry");
    CAPTURE(topic);
    CHECK(is_malformed(topic, device));
}

TEST_CASE("a client writes telemetry topics that the hub reads back", "[hub_topics]") {
    const property_bag bag{{"$.mid", "id 1/2"}, {"k", "v&="}, {"flag", std::nullopt}};
    CHECK(telemetry_topic(device, bag) ==
          "devices/dev1/messages/events/%24.mid=id%201%2F2&k=v%26%3D&flag");
    CHECK(bag_of(telemetry_topic(device, bag), device) == bag);
    CHECK(telemetry_topic(module, {}) == "devices/dev1/modules/m1/messages/events/");
    CHECK(bag_of(telemetry_topic(module, bag), module) == bag);
}

TEST_CASE("ids in a telemetry topic may be percent-encoded, as Python does", "[hub_topics]") {
    const identity_key self{"a@b", ""};
    const auto read = parse_publication("devices/a%40b/messages/events/k=v", self);
    REQUIRE(std::holds_alternative<telemetry>(read));
    CHECK(std::get<telemetry>(read).properties == property_bag{{"k", "v"}});
    CHECK(std::get<telemetry>(read).bag_size == 3);
    CHECK(std::holds_alternative<malformed>(
        parse_publication("devices/a%40c/messages/events/k=v", self)));
}

} // namespace iothub::topics
