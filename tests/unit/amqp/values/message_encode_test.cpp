#include "emulator/amqp/values/message.hpp"
#include "sample_messages.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::amqp;
using namespace iothub::test::amqp_bytes;
namespace sample = iothub::test::sample;

namespace {

message_properties all_properties() {
    message_properties p;
    p.message_id = uuid{{'\x01'}};
    p.user_id = "user";
    p.to = "/devices/d1/messages/deviceBound";
    p.subject = "subject";
    p.reply_to = "";
    p.correlation_id = std::uint64_t{300};
    p.content_type = "application/json";
    p.content_encoding = "utf-8";
    p.absolute_expiry_time = milliseconds{1};
    p.creation_time = milliseconds{2};
    return p;
}

void check_survives(const message& m) {
    const auto decoded = decode_message(encode_message(m));
    REQUIRE(decoded);
    CHECK(*decoded == m);
}

} // namespace

TEST_CASE("a put-token's answer is properties and application properties alone") {
    message m;
    m.properties.emplace().correlation_id = std::uint64_t{0};
    m.application_properties = {{"status-code", 200}, {"status-description", "OK"}};
    const std::string pairs =
        str("status-code") + hex("71 00 00 00 c8") + str("status-description") + str("OK");
    const std::string bytes = encode_message(m);
    CHECK(bytes.substr(0, 3) == hex("00 53 73"));
    CHECK(bytes == hex("00 53 73 d0 00 00 00 0a 00 00 00 06 40 40 40 40 40 44") + hex("00 53 74") +
                       sized_32("d1", 4, pairs));
}

TEST_CASE("sections are written in the order of the wire") {
    message m;
    m.application_properties = {{symbol{"p"}, "v"}};
    m.annotations = {{"a", 300}};
    m.properties.emplace();
    m.data = {"x", ""};
    m.body = value("not written beside data");
    CHECK(encode_message(m) ==
          hex("00 53 72") + sized_32("d1", 2, sym("a") + hex("71 00 00 01 2c")) +
              hex("00 53 73 45") + hex("00 53 74") + sized_32("d1", 2, str("p") + str("v")) +
              data_section("x") + data_section(""));
}

TEST_CASE("a long data section tells its size in four bytes") {
    message m;
    m.data = {std::string(255, 'x'), std::string(256, 'y'), std::string(70000, 'z')};
    const std::string bytes = encode_message(m);
    CHECK(bytes.substr(0, 5) == hex("00 53 75 a0 ff"));
    CHECK(bytes.substr(260, 8) == hex("00 53 75 b0 00 00 01 00"));
    CHECK(bytes.substr(260 + 8 + 256, 8) == hex("00 53 75 b0 00 01 11 70"));
    check_survives(m);
}

TEST_CASE("a message without sections has no bytes") {
    CHECK(encode_message({}).empty());
}

TEST_CASE("every property survives in its type") {
    message m;
    m.properties = all_properties();
    check_survives(m);
    for (const value& id : {value("s"), value(binary{"b"}), value(std::uint64_t{1} << 40)}) {
        m.properties->message_id = id;
        m.properties->correlation_id = id;
        check_survives(m);
    }
}

TEST_CASE("properties are written in the types that the specification gives them") {
    message m;
    m.properties.emplace().user_id = "u";
    m.properties->content_type = "t";
    m.properties->content_encoding = "e";
    CHECK(encode_message(m) ==
          hex("00 53 73") +
              sized_32("d0", 8, hex("40") + bin("u") + hex("40 40 40 40") + sym("t") + sym("e")));
}

// Found by fuzzing: a string among the annotations' keys, which are written as symbols.
TEST_CASE("symbols are written as ASCII") {
    message m;
    m.annotations = {{"caf\xc3\xa9", symbol{"\xe2\x82\xac 5"}}};
    m.properties.emplace().content_type = "text/\xc3\xbc";
    CHECK(encode_message(m) == hex("00 53 72") + sized_32("d1", 2, sym("caf??") + sym("??? 5")) +
                                   hex("00 53 73") +
                                   sized_32("d0", 7, hex("40 40 40 40 40 40") + sym("text/??")));
    CHECK(decode_message(encode_message(m)));
}

TEST_CASE("bodies survive") {
    message m;
    for (const value& body : {value(), value("text"), value(list{1, "a"}), value(true)}) {
        m.body = body;
        check_survives(m);
    }
}

TEST_CASE("what devices send survives being written again") {
    for (const std::string& bytes : {sample::put_token_with(str("id")), sample::first_put_token(),
                                     sample::telemetry(), sample::batch(), sample::twin_reply()}) {
        const auto m = decode_message(bytes);
        REQUIRE(m);
        check_survives(*m);
    }
}
