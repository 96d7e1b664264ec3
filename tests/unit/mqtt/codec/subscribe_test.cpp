#include "emulator/mqtt/codec/subscribe.hpp"

#include "support/catch.hpp"
#include "support/mqtt_packets.hpp"

using namespace iothub::mqtt;
namespace packet = iothub::test::packet;

namespace {

std::string subscribe_fault(std::string_view body) {
    const auto decoded = decode_subscribe(body);
    return decoded ? std::string() : decoded.error().detail;
}

std::string unsubscribe_fault(std::string_view body) {
    const auto decoded = decode_unsubscribe(body);
    return decoded ? std::string() : decoded.error().detail;
}

const std::string one = packet::number(1);

} // namespace

TEST_CASE("SUBSCRIBE with several filters") {
    const std::string body = one + packet::text("a") + '\0' + packet::text("b/#") + '\2';
    const auto decoded = decode_subscribe(body);
    REQUIRE(decoded);
    CHECK(decoded->packet_id == 1);
    REQUIRE(decoded->requests.size() == 2);
    CHECK(decoded->requests[0].filter == "a");
    CHECK(decoded->requests[0].qos == 0);
    CHECK(decoded->requests[1].filter == "b/#");
    CHECK(decoded->requests[1].qos == 2);
}

TEST_CASE("malformed SUBSCRIBE") {
    CHECK(subscribe_fault("") == "a field that goes beyond the packet's end");
    CHECK(subscribe_fault(packet::number(0)) == "packet identifier 0");
    CHECK(subscribe_fault(one) == "no topic filter");
    CHECK(subscribe_fault(one + packet::text("a")) == "a field that goes beyond the packet's end");
    CHECK(subscribe_fault(one + packet::text("a") + '\3') == "a subscription of QoS 3");
    CHECK(subscribe_fault(one + packet::text("a") + '\x80') == "a subscription of QoS 128");
    CHECK(subscribe_fault(one + packet::text("") + '\0') == "an empty topic filter");
    CHECK(subscribe_fault(one + packet::text("\xff") + '\0') == "a text that is not UTF-8");
}

TEST_CASE("32 filters are taken and 33 are not") {
    std::string body = one;
    for (std::size_t i = 0; i < max_filters; ++i) {
        body += packet::text("a") + '\0';
    }
    CHECK(decode_subscribe(body)->requests.size() == max_filters);
    CHECK(subscribe_fault(body + packet::text("a") + '\0') == "over 32 topic filters");
}

TEST_CASE("UNSUBSCRIBE, well formed and not") {
    const std::string body = one + packet::text("a") + packet::text("b");
    const auto decoded = decode_unsubscribe(body);
    REQUIRE(decoded);
    CHECK(decoded->filters == std::vector<std::string_view>{"a", "b"});
    CHECK(unsubscribe_fault(one) == "no topic filter");
    CHECK(unsubscribe_fault(packet::number(0) + packet::text("a")) == "packet identifier 0");
    CHECK(unsubscribe_fault(one + packet::text("")) == "an empty topic filter");
    CHECK(unsubscribe_fault(body + "x") == "a field that goes beyond the packet's end");
}

TEST_CASE("SUBACK and UNSUBACK") {
    std::string out;
    append_suback(out, 7, {0, 1, subscription_refused});
    append_unsuback(out, 8);
    CHECK(out == packet::suback(7, {0, 1, 0x80}) + packet::unsuback(8));
}
