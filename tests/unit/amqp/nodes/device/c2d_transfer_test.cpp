#include "emulator/amqp/nodes/device/c2d_transfer.hpp"

#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::amqp;

TEST_CASE("a message to a device has everything in the types that SDKs read") {
    core::c2d_message from;
    from.sequence_number = 5;
    from.enqueued = from_unix_seconds(10);
    from.delivery_count = 2;
    from.ack = core::feedback_wanted::full;
    from.system_properties = {{"message-id", "m1"},
                              {"correlation-id", "c1"},
                              {"user-id", "u"},
                              {"to", "/devices/d/messages/deviceBound"},
                              {"content-type", "text/plain"},
                              {"content-encoding", "utf-8"},
                              {"absolute-expiry-time", "1970-01-01T00:01:00.5Z"},
                              {"iothub-operation", "other"}};
    from.application_properties = {{"colour", "red"}, {"bare", std::nullopt}, {"colour", "blue"}};
    from.body = "hello";
    message expected;
    expected.annotations = {{symbol{"x-opt-sequence-number"}, std::uint64_t{5}},
                            {symbol{"iothub-enqueuedtime"}, milliseconds{10'000}},
                            {symbol{"iothub-deliverycount"}, std::uint8_t{2}}};
    expected.properties.emplace();
    expected.properties->message_id = value("m1");
    expected.properties->correlation_id = value("c1");
    expected.properties->user_id = "u";
    expected.properties->to = "/devices/d/messages/deviceBound";
    expected.properties->content_type = "text/plain";
    expected.properties->content_encoding = "utf-8";
    expected.properties->absolute_expiry_time = milliseconds{60'500};
    expected.application_properties = {
        {"iothub-ack", "full"}, {"iothub-operation", "other"}, {"colour", "red"}, {"bare", ""}};
    expected.data = {"hello"};
    CHECK(c2d_transfer(from) == expected);
}

TEST_CASE("an empty message to a device has a data section, and says that it wants no feedback") {
    const message made = c2d_transfer({});
    CHECK(made.data == std::vector<std::string>{""});
    CHECK(find_text(made.application_properties, "iothub-ack") == "none");
    CHECK(find(made.annotations, "x-opt-input-name") == nullptr);
}

TEST_CASE("a message to an input names it") {
    core::c2d_message from;
    from.input = "in";
    CHECK(find_text(c2d_transfer(from).annotations, "x-opt-input-name") == "in");
}

TEST_CASE("a count of deliveries stays within its type") {
    core::c2d_message from;
    from.delivery_count = 300;
    CHECK(*find(c2d_transfer(from).annotations, "iothub-deliverycount") ==
          value(std::uint8_t{255}));
}
