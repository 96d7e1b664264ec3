#include "client/src/engine/event_topic.hpp"

#include "iothub/hub_error.hpp"
#include "support/catch.hpp"

using iothub::identity_key;
using iothub::client::event_topic;

TEST_CASE("properties travel in the topic, the system's first") {
    iothub::message event{.body = "x", .properties = {{"a b", "c&d/é"}}, .message_id = "id 1"};
    event.content_type = "application/json";
    CHECK(event_topic({"d", "m"}, event) ==
          "devices/d/modules/m/messages/events/%24.mid=id%201&%24.ct=application%2Fjson&"
          "a%20b=c%26d%2F%C3%A9");
    CHECK(event_topic({"d", ""}, {}) == "devices/d/messages/events/");
}

TEST_CASE("an output stands before everything else") {
    const iothub::message event{.properties = {{"k", "v"}}, .message_id = "1"};
    CHECK(event_topic({"d", "m"}, event, "out 1") ==
          "devices/d/modules/m/messages/events/%24.on=out%201&%24.mid=1&k=v");
}

TEST_CASE("ids that MQTT would take for wildcards are encoded") {
    CHECK(event_topic({"a+b", "m"}, {}) == "devices/a%2Bb/modules/m/messages/events/");
    CHECK(event_topic({"d", "m#"}, {}) == "devices/d/modules/m%23/messages/events/");
    CHECK(event_topic({"a:b=c", ""}, {}) == "devices/a:b=c/messages/events/");
}

TEST_CASE("a message of 256 KiB is the largest") {
    const std::size_t topic = std::string("devices/d/messages/events/").size();
    CHECK_NOTHROW(event_topic({"d", ""}, {.body = std::string(262144 - topic, 'x')}));
    CHECK_THROWS_AS(event_topic({"d", ""}, {.body = std::string(262145 - topic, 'x')}),
                    iothub::too_large);
    CHECK_THROWS_AS(event_topic({"d", ""}, {.properties = {{"k", std::string(65536, 'x')}}}),
                    iothub::too_large);
}

TEST_CASE("the system's own property names are refused") {
    CHECK_THROWS_AS(event_topic({"d", ""}, {.properties = {{"$.mid", "x"}}}),
                    iothub::argument_invalid);
    CHECK_THROWS_AS(event_topic({"d", ""}, {.properties = {{"", "x"}}}), iothub::argument_invalid);
}
