#include "client/src/engine/incoming_message.hpp"

#include "common/hub_topics.hpp"
#include "support/catch.hpp"

using iothub::identity_key;
using iothub::client::incoming_message;
using iothub::topics::message_filter;
using iothub::topics::parse_message;

namespace {

// A message that the hub publishes under that topic.
iothub::received_message received(const std::string& topic, const std::string& payload = "") {
    return incoming_message(*parse_message(topic), payload);
}

} // namespace

TEST_CASE("the properties of a message from the cloud stand in its topic") {
    const auto message =
        received("devices/d/messages/devicebound/"
                 "%24.mid=1&%24.to=%2Fdevices%2Fd%2Fmessages%2FdeviceBound&%24.cid=c&%24.uid=u&"
                 "%24.exp=2030-01-01T00%3A00%3A00.0000000Z&%24.ct=text%2Fplain&%24.ce=utf-8&"
                 "iothub-ack=full&a%20b=c%26d",
                 std::string("\0\1", 2));
    CHECK(message.body == std::string("\0\1", 2));
    CHECK(message.message_id == "1");
    CHECK(message.to == "/devices/d/messages/deviceBound");
    CHECK(message.correlation_id == "c");
    CHECK(message.user_id == "u");
    CHECK(message.expiry_time == "2030-01-01T00:00:00.0000000Z");
    CHECK(message.content_type == "text/plain");
    CHECK(message.content_encoding == "utf-8");
    CHECK(message.properties ==
          std::map<std::string, std::string>{{"iothub-ack", "full"}, {"a b", "c&d"}});
    CHECK(message.input_name.empty());
}

TEST_CASE("a message to an input tells its input and its sender") {
    const auto message = received("devices/d/modules/m/inputs/in%201/%24.cdid=other&%24.cmid=x&k=");
    CHECK(message.input_name == "in 1");
    CHECK(message.connection_device_id == "other");
    CHECK(message.connection_module_id == "x");
    CHECK(message.properties == std::map<std::string, std::string>{{"k", ""}});
}

TEST_CASE("what cannot be sent on is left out") {
    CHECK(received("devices/d/messages/devicebound/%24.future=1&key").properties ==
          std::map<std::string, std::string>{{"key", ""}});
}

TEST_CASE("what a client subscribes to brings all its messages") {
    using iothub::topics::parse_filter;
    using iothub::topics::subscription;
    CHECK(message_filter({"d", ""}) == "devices/d/messages/devicebound/#");
    CHECK(message_filter({"d", "m"}) == "devices/d/modules/m/#");
    const identity_key device{"a+b#", ""};
    CHECK(message_filter(device) == "devices/a%2Bb%23/messages/devicebound/#");
    CHECK(parse_filter(message_filter(device), device) == subscription::c2d);
    const identity_key part_of_it{"a+b#", "m"};
    CHECK(parse_filter(message_filter(part_of_it), part_of_it) == subscription::all_messages);
}
