#include "emulator/mqtt/codec/publish.hpp"

#include "support/catch.hpp"
#include "support/mqtt_packets.hpp"

using namespace iothub::mqtt;
namespace packet = iothub::test::packet;

namespace {

std::string fault_of(std::uint8_t flags, std::string_view body) {
    const auto decoded = decode_publish(flags, body);
    return decoded ? std::string() : decoded.error().detail;
}

} // namespace

TEST_CASE("PUBLISH of each QoS, with DUP and RETAIN") {
    const std::string at_0 = packet::text("a/b") + "payload";
    const auto zero = decode_publish(0x01, at_0);
    REQUIRE(zero);
    CHECK(zero->qos == 0);
    CHECK(zero->retain);
    CHECK_FALSE(zero->duplicate);
    CHECK(zero->topic == "a/b");
    CHECK(zero->payload == "payload");

    const std::string at_1 = packet::text("a/b") + packet::number(0xabcd);
    const auto one = decode_publish(0x0a, at_1);
    REQUIRE(one);
    CHECK(one->qos == 1);
    CHECK(one->duplicate);
    CHECK_FALSE(one->retain);
    CHECK(one->packet_id == 0xabcd);
    CHECK(one->payload.empty());

    CHECK(decode_publish(0x04, at_1)->qos == 2);
}

TEST_CASE("malformed PUBLISH") {
    CHECK(fault_of(0, "") == "a field that goes beyond the packet's end");
    CHECK(fault_of(0, std::string_view("\0\x05"
                                       "abc",
                                       5)) == "a field that goes beyond the packet's end");
    CHECK(fault_of(2, packet::text("a")) == "a field that goes beyond the packet's end");
    CHECK(fault_of(2, packet::text("a") + packet::number(0)) == "packet identifier 0");
    CHECK(fault_of(0, packet::text("")) == "a topic that is empty or has wildcards");
    CHECK(fault_of(0, packet::text("a/+/b")) == "a topic that is empty or has wildcards");
    CHECK(fault_of(0, packet::text("\xed\xa0\x80")) == "a text that is not UTF-8");
}

TEST_CASE("what the hub publishes and acknowledges") {
    std::string out;
    append_publish(out, "topic", "payload");
    append_publish(out, "t", std::string(20'000, 'x'));
    append_puback(out, 0x1234);
    CHECK(out == packet::publish("topic", "payload") +
                     packet::publish("t", std::string(20'000, 'x')) + packet::puback(0x1234));
}

TEST_CASE("what the hub publishes at QoS 1, and its acknowledgement") {
    std::string out;
    append_publish(out, "topic", "payload", 0xabcd, false);
    append_publish(out, "t", "", 1, true);
    CHECK(out == packet::publish_1(0xabcd, "topic", "payload") + packet::publish_1(1, "t", "", 8));
    CHECK(decode_puback(packet::number(0xabcd)).value() == 0xabcd);
    CHECK(decode_puback("").error().detail == "a field that goes beyond the packet's end");
    CHECK(decode_puback(packet::number(0)).error().detail == "packet identifier 0");
    CHECK(decode_puback(packet::number(1) + "x").error().detail ==
          "a PUBACK that goes on behind its packet identifier");
}
