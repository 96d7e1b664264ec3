#include "emulator/amqp/nodes/device/telemetry_message.hpp"

#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::amqp;

namespace {

message text(const std::string& body) {
    message made;
    made.data = {body};
    return made;
}

telemetry_message read(const message& from) {
    return read_telemetry(from).value();
}

std::string encoded_batch(const std::vector<std::string>& messages) {
    message envelope;
    envelope.data = messages;
    envelope.application_properties = {{"ignored", "yes"}};
    return encode_message(envelope);
}

errc refusal(std::string_view encoded, std::uint32_t format = 0) {
    return read_telemetry(encoded, format).error().code;
}

} // namespace

TEST_CASE("AMQP telemetry's properties get the names of events") {
    message m = text("hello");
    m.properties.emplace();
    m.properties->message_id = value("m1");
    m.properties->to = "/devices/d/messages/events";
    m.properties->correlation_id = value(std::uint64_t{7});
    m.properties->user_id = "u";
    m.properties->absolute_expiry_time = milliseconds{1'000};
    m.properties->content_type = "application/json";
    m.properties->content_encoding = "utf-8";
    m.properties->creation_time = milliseconds{2'000};
    const auto one = read(m);
    CHECK(one.body == "hello");
    CHECK(one.content.system_properties ==
          property_bag{{"message-id", "m1"},
                       {"to", "/devices/d/messages/events"},
                       {"correlation-id", "7"},
                       {"user-id", "u"},
                       {"absolute-expiry-time", "1970-01-01T00:00:01Z"},
                       {"content-type", "application/json"},
                       {"content-encoding", "utf-8"},
                       {"iothub-creation-time-utc", "1970-01-01T00:00:02Z"}});
    CHECK(one.content.application_properties.empty());
}

TEST_CASE("an id in AMQP telemetry may have any type that ids have") {
    message m = text("");
    m.properties.emplace();
    m.properties->message_id = value(uuid{{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}});
    m.properties->correlation_id = value(binary{"c"});
    m.properties->user_id = "\xff";
    CHECK(read(m).content.system_properties ==
          property_bag{{"message-id", "01020304-0506-0708-090a-0b0c0d0e0f10"},
                       {"correlation-id", "c"},
                       {"user-id", "/w=="}});
}

TEST_CASE("application properties of AMQP telemetry are the sender's, but for those of the hub") {
    message m = text("");
    m.application_properties = {{"colour", "red"},
                                {"n", 3},
                                {"nothing", value()},
                                {"no text", list{1}},
                                {"iothub-outputname", "out"},
                                {"iothub-creation-time-utc", "2020-01-01"},
                                {"iothub-connection-device-id", "another"},
                                {"iothub-message-source", "lies"}};
    const auto one = read(m);
    CHECK(one.content.application_properties ==
          property_bag{{"colour", "red"}, {"n", "3"}, {"nothing", std::nullopt}});
    CHECK(one.content.system_properties ==
          property_bag{{"iothub-outputname", "out"}, {"iothub-creation-time-utc", "2020-01-01"}});
}

TEST_CASE("annotations of AMQP telemetry are known ones, or left out") {
    message m = text("");
    m.annotations = {{symbol{"iothub-interface-id"}, "i"},
                     {symbol{"dt-subject"}, "s"},
                     {symbol{"Diagnostic-Id"}, "d"},
                     {symbol{"x-opt-offset"}, "1"},
                     {symbol{"iothub-connection-device-id"}, "another"},
                     {symbol{"mine"}, "no"}};
    CHECK(read(m).content.system_properties ==
          property_bag{{"iothub-interface-id", "i"}, {"dt-subject", "s"}, {"Diagnostic-Id", "d"}});
}

TEST_CASE("the body of AMQP telemetry is data, text, binary or nothing") {
    message m;
    CHECK(read(m).body.empty());
    m.data = {"a", "b"};
    CHECK(read(m).body == "ab");
    m.data.clear();
    m.body = value("t");
    CHECK(read(m).body == "t");
    m.body = value(binary{"b"});
    CHECK(read(m).body == "b");
    m.body = value(list{1});
    CHECK(read_telemetry(m).error().code == errc::argument_invalid);
}

TEST_CASE("a batch is as many messages, its envelope's properties ignored") {
    message second = text("two");
    second.application_properties = {{"p", "2"}};
    const auto all =
        read_telemetry(encoded_batch({encode_message(text("one")), encode_message(second)}),
                       batch_format)
            .value();
    REQUIRE(all.size() == 2);
    CHECK(all[0].body == "one");
    CHECK(all[0].content.application_properties.empty());
    CHECK(all[1].body == "two");
    CHECK(all[1].content.application_properties == property_bag{{"p", "2"}});
}

TEST_CASE("a batch with anything wrong in it is refused") {
    const std::string good = encode_message(text("one"));
    CHECK(refusal(encoded_batch({good, "no message"}), batch_format) == errc::argument_invalid);
    CHECK(refusal(encoded_batch({}), batch_format) == errc::argument_invalid);
    CHECK(refusal(encoded_batch(std::vector<std::string>(max_batch_messages + 1, good)),
                  batch_format) == errc::argument_invalid);
    const std::string half(core::max_device_message_bytes / 2 + 1, 'x');
    CHECK(refusal(encoded_batch({encode_message(text(half)), encode_message(text(half))}),
                  batch_format) == errc::message_too_large);
}

TEST_CASE("AMQP telemetry has at most 256 KiB, with its properties") {
    const std::string most(core::max_device_message_bytes, 'x');
    CHECK(read_telemetry(encode_message(text(most)), 0));
    message m = text(most);
    m.application_properties = {{"p", ""}};
    const auto refused = read_telemetry(encode_message(m), 0);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::message_too_large);
    CHECK(refused.error().message ==
          "Message size is 262145 bytes which is greater than the max size 262144 bytes allowed.");
    CHECK(refusal("no message") == errc::argument_invalid);
}
