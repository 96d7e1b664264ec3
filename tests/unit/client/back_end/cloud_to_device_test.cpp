#include "client/src/back_end/cloud_to_device.hpp"

#include "iothub/hub_error.hpp"
#include "support/catch.hpp"

using namespace iothub::client;
using iothub::cloud_to_device_message;
using iothub::delivery_acknowledgement;

TEST_CASE("a message is addressed to a device or a module, encoded") {
    CHECK(to_amqp({"d", {}}, {}).to == "/devices/d/messages/devicebound");
    CHECK(to_amqp({"d+1%2F", "m"}, {}).to == "/devices/d%2B1%252F/modules/m/messages/devicebound");
    CHECK_THROWS_AS(to_amqp({}, {}), iothub::argument_invalid);
}

TEST_CASE("a message keeps what it was given") {
    cloud_to_device_message message;
    message.body = "b";
    message.properties = {{"a", "1"}, {"b", ""}};
    message.message_id = "m";
    message.correlation_id = "c";
    message.user_id = "u";
    message.content_type = "t";
    message.content_encoding = "e";
    message.expiry_time = iothub::hub_time(std::chrono::seconds(9));
    const amqp_message made = to_amqp({"d", {}}, message);
    CHECK(made.body == "b");
    CHECK(made.application_properties == amqp_map{{"a", "1"}, {"b", ""}});
    CHECK(made.message_id == "m");
    CHECK(made.correlation_id == "c");
    CHECK(made.user_id == "u");
    CHECK(made.content_type == "t");
    CHECK(made.content_encoding == "e");
    CHECK(made.expiry == message.expiry_time);
}

TEST_CASE("a wish for feedback goes with the properties") {
    cloud_to_device_message message;
    const auto wish = [&](delivery_acknowledgement wanted) {
        message.acknowledgement = wanted;
        return text_in(to_amqp({"d", {}}, message).application_properties, "iothub-ack");
    };
    CHECK(wish(delivery_acknowledgement::none).empty());
    CHECK(wish(delivery_acknowledgement::positive) == "positive");
    CHECK(wish(delivery_acknowledgement::negative) == "negative");
    CHECK(wish(delivery_acknowledgement::full) == "full");
    CHECK(to_string(delivery_acknowledgement::none) == "none");
}

TEST_CASE("a type of the content that is no ASCII is refused") {
    cloud_to_device_message message;
    message.content_type = "text/ü";
    CHECK_THROWS_AS(to_amqp({"d", {}}, message), iothub::argument_invalid);
    message.content_type.clear();
    message.content_encoding = "ü";
    CHECK_THROWS_AS(to_amqp({"d", {}}, message), iothub::argument_invalid);
}

TEST_CASE("a text that ends before its end is refused") {
    cloud_to_device_message message;
    message.content_type = std::string("a\0b", 3);
    CHECK_THROWS_AS(to_amqp({"d", {}}, message), iothub::argument_invalid);
    message.content_type.clear();
    message.content_encoding = std::string("a\0b", 3);
    CHECK_THROWS_AS(to_amqp({"d", {}}, message), iothub::argument_invalid);
}
