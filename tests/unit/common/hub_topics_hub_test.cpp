#include "common/hub_topics.hpp"

#include "support/catch.hpp"

namespace iothub::topics {

namespace {

template <class Kind>
Kind parsed_as(std::string_view topic) {
    const hub_publication parsed = parse_hub_publication(topic);
    CAPTURE(topic);
    REQUIRE(std::holds_alternative<Kind>(parsed));
    return std::get<Kind>(parsed);
}

} // namespace

TEST_CASE("the hub writes its topics as the recorded ones", "[hub_topics]") {
    CHECK(method_request_topic("blink", "1") == "$iothub/methods/POST/blink/?$rid=1");
    CHECK(desired_topic(4) == "$iothub/twin/PATCH/properties/desired/?$version=4");
    CHECK(twin_response_topic(200, "9") == "$iothub/twin/res/200/?$rid=9");
    CHECK(twin_response_topic(204, "9", 5) == "$iothub/twin/res/204/?$rid=9&$version=5");
}

TEST_CASE("a request id goes back byte for byte", "[hub_topics]") {
    CHECK(twin_response_topic(200, "a%20b/c d") == "$iothub/twin/res/200/?$rid=a%20b/c d");
    CHECK(parsed_as<twin_response>("$iothub/twin/res/200/?$rid=a%20b/c d").request_id ==
          "a%20b/c d");
}

TEST_CASE("a method name is encoded so that it stays one level of the topic", "[hub_topics]") {
    const std::string topic = method_request_topic("a/b#c+d ?e", "1");
    CHECK(topic == "$iothub/methods/POST/a%2Fb%23c%2Bd%20%3Fe/?$rid=1");
    CHECK(parsed_as<method_request>(topic).method == "a/b#c+d ?e");
    CHECK(parsed_as<method_request>(topic).request_id == "1");
}

TEST_CASE("a component's command keeps its asterisk: Node decodes nothing", "[hub_topics]") {
    CHECK(method_request_topic("sensor*calibrate", "1") ==
          "$iothub/methods/POST/sensor*calibrate/?$rid=1");
}

TEST_CASE("a client reads the hub's answers", "[hub_topics]") {
    const auto answer = parsed_as<twin_response>("$iothub/twin/res/204/?$rid=9&$version=5");
    CHECK(answer.status == 204);
    CHECK(answer.request_id == "9");
    CHECK(answer.version == 5);
    CHECK_FALSE(parsed_as<twin_response>("$iothub/twin/res/200/?$rid=9").version);
}

TEST_CASE("a client reads desired updates, whatever the hub says of their version",
          "[hub_topics]") {
    const std::string prefix = "$iothub/twin/PATCH/properties/desired/";
    CHECK(parsed_as<desired_update>(prefix + "?$version=4").version == 4);
    CHECK(parsed_as<desired_update>(prefix + "?%24version=4").version == 4);
    CHECK_FALSE(parsed_as<desired_update>(prefix + "?").version);
}

TEST_CASE("a client refuses what the hub would not send", "[hub_topics]") {
    const std::string topic =
        GENERATE("", "$iothub/twin/res/", "$iothub/twin/res/ok/?$rid=1", "$iothub/twin/res/200",
                 "$iothub/twin/res/200/", "$iothub/twin/res/200/?$version=1",
                 "$iothub/twin/PATCH/properties/desired/",
                 "$iothub/twin/PATCH/properties/desired/?$version=x", "$iothub/methods/POST/",
                 "$iothub/methods/POST/m", "$iothub/methods/POST/m/", "$iothub/twin/GET/?$rid=1",
                 "devices/d", "devices/d/messages/devicebound", "devices/d/messages/events/",
                 "devices/d/modules/m", "devices/d/modules/m/inputs/in");
    CAPTURE(topic);
    CHECK_FALSE(parsed_as<malformed>(topic).reason.empty());
}

TEST_CASE("the hub writes the topics of messages as the recorded ones", "[hub_topics]") {
    CHECK(c2d_topic({"snoopy", ""},
                    {{"$.mid", "1"}, {"$.to", "/devices/snoopy/messages/devicebound"}}) ==
          "devices/snoopy/messages/devicebound/"
          "%24.mid=1&%24.to=%2Fdevices%2Fsnoopy%2Fmessages%2Fdevicebound");
    CHECK(c2d_topic({"d", "m"}, {{"$.to", "x y"}, {"k", std::nullopt}}) ==
          "devices/d/modules/m/messages/devicebound/%24.to=x%20y&k");
    CHECK(input_topic({"d", "m"}, "in/1", {{"$.to", "x"}}) ==
          "devices/d/modules/m/inputs/in%2F1/%24.to=x");
}

TEST_CASE("a client reads messages, to itself or to an input", "[hub_topics]") {
    const property_bag bag{{"$.mid", "a b"}, {"user", "1&2"}, {"flag", std::nullopt}};
    const auto plain = parsed_as<message>(c2d_topic({"d", ""}, bag));
    CHECK(plain.input.empty());
    CHECK(plain.properties == bag);
    const auto to_module = parsed_as<message>(c2d_topic({"d", "m"}, bag));
    CHECK(to_module.input.empty());
    CHECK(to_module.properties == bag);
    const auto to_input = parsed_as<message>(input_topic({"d", "m"}, "in/1", bag));
    CHECK(to_input.input == "in/1");
    CHECK(to_input.properties == bag);
    CHECK(parsed_as<message>("devices/d/messages/devicebound/").properties.empty());
}

} // namespace iothub::topics
