#include "emulator/mqtt/codec/connect.hpp"

#include "support/catch.hpp"
#include "support/mqtt_packets.hpp"

using namespace iothub::mqtt;
namespace packet = iothub::test::packet;

namespace {

// Without the fixed header, which is two bytes for what is short.
std::string body_of(const packet::connect_fields& fields) {
    return packet::connect(fields).substr(2);
}

std::string fault_of(std::string_view body) {
    const auto decoded = decode_connect(body);
    return decoded ? std::string() : decoded.error().detail;
}

packet::connect_fields complete() {
    packet::connect_fields fields{"id", "user", "pass", 300};
    fields.extra_flags = 0x02 | 0x04 | 0x10 | 0x20;
    fields.will = packet::text("topic") + packet::text(std::string_view("\0\xff", 2));
    return fields;
}

} // namespace

TEST_CASE("every field of CONNECT") {
    const std::string body = body_of(complete());
    const auto decoded = decode_connect(body);
    REQUIRE(decoded);
    CHECK(decoded->level == 4);
    CHECK(decoded->clean_session);
    CHECK(decoded->keep_alive == 300);
    CHECK(decoded->client_id == "id");
    REQUIRE(decoded->will);
    CHECK(decoded->will->topic == "topic");
    CHECK(decoded->will->payload == std::string_view("\0\xff", 2));
    CHECK(decoded->will->qos == 2);
    CHECK(decoded->will->retain);
    CHECK(decoded->user_name == "user");
    CHECK(decoded->password == "pass");
}

TEST_CASE("a CONNECT of nothing but a client id") {
    const std::string body = body_of({"id", std::nullopt, std::nullopt, 0});
    const auto decoded = decode_connect(body);
    REQUIRE(decoded);
    CHECK_FALSE(decoded->clean_session);
    CHECK_FALSE(decoded->will);
    CHECK_FALSE(decoded->user_name);
    CHECK_FALSE(decoded->password);
}

TEST_CASE("of another level only the level is read") {
    packet::connect_fields fields{"id", std::nullopt, std::nullopt};
    fields.level = 5;
    const std::string five = body_of(fields) + "properties";
    CHECK(decode_connect(five)->level == 5);
    fields.level = 3;
    fields.protocol = "MQIsdp";
    CHECK(decode_connect(body_of(fields))->level == 3);
    fields.level = 4;
    CHECK(fault_of(body_of(fields)) == "a protocol that is not MQTT");
}

TEST_CASE("a CONNECT that is cut off anywhere is malformed") {
    const std::string body = body_of(complete());
    for (std::size_t size = 0; size < body.size(); ++size) {
        CHECK_FALSE(fault_of(std::string_view(body).substr(0, size)).empty());
    }
}

TEST_CASE("flags and texts of CONNECT that are malformed") {
    const auto fault_with = [](auto change) {
        packet::connect_fields fields = complete();
        change(fields);
        return fault_of(body_of(fields));
    };
    using fields = packet::connect_fields;
    CHECK(fault_with([](fields& f) { f.extra_flags |= 0x01; }) ==
          "the reserved flag of CONNECT is set");
    CHECK(fault_with([](fields& f) { f.extra_flags |= 0x18; }) == "a will of QoS 3");
    CHECK(fault_with([](fields& f) { f.extra_flags = 0x10; }) == "will flags without a will");
    CHECK(fault_with([](fields& f) { f.extra_flags = 0x20; }) == "will flags without a will");
    CHECK(fault_with([](fields& f) { f.user_name.reset(); }) == "a password without a user name");
    CHECK(fault_with([](fields& f) { f.will = packet::text("a/#") + packet::text(""); }) ==
          "a will whose topic is empty or has wildcards");
    CHECK(fault_with([](fields& f) { f.will = packet::text("") + packet::text(""); }) ==
          "a will whose topic is empty or has wildcards");
    CHECK(fault_with([](fields& f) { f.user_name = "\xff"; }) == "a text that is not UTF-8");
    CHECK(fault_of(body_of(complete()) + "x") == "bytes after the last field of CONNECT");
}

TEST_CASE("CONNACK") {
    std::string out;
    append_connack(out, connect_return_code::accepted);
    append_connack(out, connect_return_code::not_authorized);
    CHECK(out == packet::connack(0) + packet::connack(5));
}
