#include "emulator/amqp/values/message.hpp"
#include "sample_messages.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::amqp;
using namespace iothub::test::amqp_bytes;
namespace sample = iothub::test::sample;

namespace {

message decode(std::string_view bytes) {
    auto decoded = decode_message(bytes);
    INFO((decoded ? std::string() : decoded.error().detail));
    REQUIRE(decoded);
    return *decoded;
}

} // namespace

TEST_CASE("a put-token is decoded with the type of its message id") {
    const message with_string = decode(sample::put_token_with(str("id-1")));
    CHECK(with_string.properties->message_id == value("id-1"));
    CHECK(with_string.properties->to == "$cbs");
    CHECK(with_string.properties->reply_to == "cbs");
    CHECK_FALSE(with_string.properties->user_id);
    CHECK(find_text(with_string.application_properties, "operation") == "put-token");
    CHECK(find_text(with_string.application_properties, "name") == "localhost/devices/d1");
    CHECK(*with_string.body->text() == "SharedAccessSignature sr=localhost");
    CHECK(with_string.data.empty());

    const message with_uuid =
        decode(sample::put_token_with(hex("98 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f")));
    CHECK(plain_text(with_uuid.properties->message_id) == "00010203-0405-0607-0809-0a0b0c0d0e0f");

    const message with_ulong = decode(sample::put_token_with(hex("53 07")));
    CHECK(with_ulong.properties->message_id == value(std::uint64_t{7}));
    CHECK(decode(sample::first_put_token()).properties->message_id == value(std::uint64_t{0}));
}

TEST_CASE("telemetry is decoded with all that it has") {
    const message m = decode(sample::telemetry());
    CHECK(m.annotations == map{{symbol{"dt-subject"}, "thermostat"}});
    message_properties expected;
    expected.message_id = "m-1";
    expected.user_id = "u";
    expected.to = "/devices/d1/messages/events";
    expected.correlation_id = "c-1";
    expected.content_type = "application/json";
    expected.content_encoding = "utf-8";
    expected.absolute_expiry_time = milliseconds{0x17399ea0e58};
    expected.creation_time = milliseconds{0x17399ea0a70};
    CHECK(m.properties == expected);
    CHECK(m.application_properties == map{{"alert", "yes"}, {"n", 256}});
    CHECK(m.data == std::vector<std::string>{"{\"t\":21}"});
    CHECK_FALSE(m.body);
}

TEST_CASE("each data section of a batch is a message") {
    const message envelope = decode(sample::batch());
    REQUIRE(envelope.data.size() == 3);
    CHECK(decode(envelope.data[0]).data.front() == "one");
    CHECK(decode(envelope.data[1]).properties->message_id == value("2"));
    CHECK(decode(envelope.data[2]).data.front().empty());
}

TEST_CASE("a twin's reply is decoded") {
    const message m = decode(sample::twin_reply());
    CHECK(*find(m.annotations, "status") == value(200));
    CHECK(m.properties->reply_to == "");
    CHECK(m.properties->correlation_id == value("get-1"));
}

TEST_CASE("sections are known by all their descriptors") {
    const message expected = decode(data_section("x"));
    CHECK(decode(hex("00 80 00 00 00 00 00 00 00 75 a0 01 78")) == expected);
    CHECK(decode(hex("00") + sym("amqp:data:binary") + bin("x")) == expected);
    CHECK(decode(hex("00 b3 00 00 00 10") + "amqp:data:binary" + hex("b0 00 00 00 01 78")) ==
          expected);
}

TEST_CASE("header, delivery annotations and footer are passed over") {
    const std::string header = hex("00 53 70 45");
    const std::string delivery = hex("00 53 71") + map_8(2, sym("a") + hex("40"));
    const std::string footer = hex("00 53 78 c1 01 00");
    CHECK(decode(header + delivery + data_section("x") + footer) == decode(data_section("x")));
    CHECK(decode(header) == message{});
}

TEST_CASE("sequences are a list") {
    const std::string one = hex("00 53 76") + list_8(2, hex("54 01 41"));
    const std::string two = hex("00 53 76") + list_8(1, str("a"));
    CHECK(decode(one).body == value(list{1, true}));
    CHECK(decode(one + two).body == value(list{1, true, "a"}));
    CHECK(decode(hex("00 53 76 45")).body == value(list{}));
}

TEST_CASE("a body can be any AMQP value, null too") {
    CHECK(decode(value_section(hex("40"))).body == value());
    CHECK(decode(value_section(map_8(2, str("k") + hex("41")))).body == value(map{{"k", true}}));
    const message with_described = decode(value_section(hex("00 53 05 54 06")));
    const auto* both = with_described.body->as<std::shared_ptr<const described>>();
    REQUIRE(both);
    CHECK((*both)->descriptor == value(std::uint64_t{5}));
    CHECK((*both)->what == value(6));
}

TEST_CASE("keys are made strings, and symbols in annotations") {
    const std::string mixed = map_8(4, str("a") + hex("41") + sym("b") + hex("42"));
    CHECK(decode(application_properties(mixed)).application_properties ==
          map{{"a", true}, {"b", false}});
    CHECK(decode(annotations(mixed)).annotations == map{{symbol{"a"}, true}, {symbol{"b"}, false}});
}

TEST_CASE("properties are taken in the types that clients send") {
    const auto p = [](int count, const std::string& fields) {
        return *decode(properties(list_8(count, fields))).properties;
    };
    CHECK(p(2, hex("40") + str("user")).user_id == "user");
    CHECK(p(8, hex("40 40 40 40 40 40") + str("text/plain") + str("gzip")).content_type ==
          "text/plain");
    CHECK(p(1, bin("id")).message_id == value(binary{"id"}));
    CHECK(p(13, hex("40 40 40 40 40 40 40 40 40 40") + str("g") + hex("43") + str("r")) ==
          message_properties{});
    CHECK(*decode(properties(hex("45"))).properties == message_properties{});
    CHECK(*decode(properties(sized_32("d0", 4, hex("40 40 40") + str("s")))).properties->subject ==
          "s");
}

TEST_CASE("nesting is taken up to its limit") {
    std::string value = hex("45");
    for (std::size_t i = 0; i < max_nesting; ++i) {
        value = sized_32("d0", 1, value);
    }
    CHECK(decode(value_section(value)).body);
    CHECK_FALSE(decode_message(value_section(sized_32("d0", 1, value))));
}
