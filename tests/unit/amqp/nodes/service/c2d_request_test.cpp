// A back end's AMQP message as the hub's own.
#include "emulator/amqp/nodes/service/c2d_request.hpp"

#include <cstdint>
#include <limits>
#include <string>

#include "support/catch.hpp"

namespace iothub::amqp {

namespace {

message sent() {
    message m;
    m.properties.emplace();
    m.properties->to = "/devices/d/messages/deviceBound";
    m.data = {"hello"};
    return m;
}

core::c2d_message read(const message& m) {
    const auto outcome = read_c2d_request(m);
    REQUIRE(outcome);
    return *outcome;
}

errc refused(const message& m) {
    const auto outcome = read_c2d_request(m);
    REQUIRE_FALSE(outcome);
    return outcome.error().code;
}

timestamp expiry(std::int64_t ms) {
    message m = sent();
    m.properties->absolute_expiry_time = milliseconds{ms};
    return read(m).expiry;
}

} // namespace

TEST_CASE("a message with everything", "[amqp]") {
    message m = sent();
    m.properties->message_id = "m1";
    m.properties->correlation_id = "c1";
    m.properties->user_id = "ops";
    m.properties->content_type = "application/json";
    m.properties->content_encoding = "utf-8";
    m.properties->absolute_expiry_time = milliseconds{1'600'000'000'123};
    m.application_properties = {{"iothub-ack", "full"}, {"colour", "red"}, {"empty", ""}};
    const core::c2d_message got = read(m);
    CHECK(got.system_properties == property_bag{{"message-id", "m1"},
                                                {"correlation-id", "c1"},
                                                {"user-id", "ops"},
                                                {"to", "/devices/d/messages/deviceBound"},
                                                {"content-type", "application/json"},
                                                {"content-encoding", "utf-8"}});
    CHECK(got.application_properties == property_bag{{"colour", "red"}, {"empty", ""}});
    CHECK(got.ack == core::feedback_wanted::full);
    CHECK(got.body == "hello");
    CHECK(got.input.empty());
    CHECK(got.expiry == timestamp(std::chrono::milliseconds(1'600'000'000'123)));
}

TEST_CASE("a message with nothing", "[amqp]") {
    CHECK(read(message()) == core::c2d_message());
}

TEST_CASE("ids that are no strings get the text that all readers see", "[amqp]") {
    message m = sent();
    m.properties->message_id = std::uint64_t{7};
    m.properties->correlation_id = uuid{{0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x01, 0x02,
                                         0x03, 0x04, 0x05, 0x06, 0x07, 0x08}};
    const core::c2d_message got = read(m);
    CHECK(find_property(got.system_properties, "message-id")->value == "7");
    CHECK(find_property(got.system_properties, "correlation-id")->value ==
          "00112233-4455-6677-0102-030405060708");
    m.properties->message_id = binary{"x"};
    CHECK(refused(m) == errc::argument_invalid);
}

TEST_CASE("expiry: none, past, and the end of time", "[amqp]") {
    CHECK(expiry(0) == never);
    CHECK(expiry(-1) == timestamp(std::chrono::milliseconds(1)));
    CHECK(expiry(253'402'300'799'999) == parse_iso_8601("9999-12-31T23:59:59.999Z"));
    CHECK(expiry(std::numeric_limits<std::int64_t>::max()) ==
          parse_iso_8601("9999-12-31T23:59:59.999Z"));
    CHECK(expiry(std::numeric_limits<std::int64_t>::min()) ==
          timestamp(std::chrono::milliseconds(1)));
}

TEST_CASE("what the sender wants to hear of", "[amqp]") {
    const auto [text, wanted] =
        GENERATE(Catch::Generators::table<const char*, core::feedback_wanted>({
            {"none", core::feedback_wanted::none},
            {"positive", core::feedback_wanted::positive},
            {"negative", core::feedback_wanted::negative},
            {"Full", core::feedback_wanted::full},
        }));
    message m = sent();
    m.application_properties = {{"iothub-ack", text}};
    CHECK(read(m).ack == wanted);
    CHECK(read(m).application_properties.empty());
    m.application_properties = {{"iothub-ack", "sometimes"}};
    CHECK(refused(m) == errc::argument_invalid);
}

TEST_CASE("properties that are no strings are not allowed", "[amqp]") {
    for (const value& what : {value(5), value(true), value(1.5), value(symbol{"s"}), value(),
                              value(binary{"b"}), value(milliseconds{1}), value(list{})}) {
        message m = sent();
        m.application_properties = {{"ok", "text"}, {"not ok", what}};
        CHECK(refused(m) == errc::invalid_operation);
        m.application_properties = {{"iothub-ack", what}};
        CHECK(refused(m) == errc::invalid_operation);
    }
    message m = sent();
    m.application_properties = {{5, "text"}};
    CHECK(refused(m) == errc::invalid_operation);
}

TEST_CASE("bodies", "[amqp]") {
    message m = sent();
    m.data = {"one, ", "two"};
    CHECK(read(m).body == "one, two");
    m.data.clear();
    CHECK(read(m).body.empty());
    m.body = "text";
    CHECK(read(m).body == "text");
    m.body = binary{std::string("\0\xff", 2)};
    CHECK(read(m).body == std::string("\0\xff", 2));
    m.body = value();
    CHECK(read(m).body.empty());
    for (const value& what : {value(5), value(map{}), value(list{"x"})}) {
        m.body = what;
        CHECK(refused(m) == errc::argument_invalid);
    }
}

TEST_CASE("text that is no UTF-8", "[amqp]") {
    message m = sent();
    m.properties->user_id = "\xff";
    CHECK(refused(m) == errc::argument_invalid);
    m = sent();
    m.application_properties = {{"a", "\xc0\x80"}};
    CHECK(refused(m) == errc::argument_invalid);
}

} // namespace iothub::amqp
