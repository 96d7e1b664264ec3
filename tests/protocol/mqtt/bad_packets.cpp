// Everything that closes a connection at once (MQTT 3.1.1 §4.8; reliability §2.2, the MQTT table).

#include "script.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

void closes_before_connect(const std::string& bytes, const std::string& reason) {
    INFO(reason);
    play(closes_on(bytes, reason));
}

// And nothing has come of it.
void closes(const std::string& bytes, const std::string& reason) {
    INFO(reason);
    play(connects(device) + closes_on(bytes, reason) + script{does([](stage s) {
             CHECK(s.hub_side.events("dev1").empty());
             CHECK(s.hub_side.hub.twins().get(device)->reported.version == 1);
         })});
}

void closes_connect(void (*change)(packet::connect_fields&), const std::string& reason) {
    packet::connect_fields hello = good_connect(device);
    change(hello);
    closes_before_connect(packet::connect(hello), reason);
}

constexpr auto events = "devices/dev1/messages/events/";

} // namespace

TEST_CASE("the first packet must be CONNECT") {
    closes_before_connect(packet::pingreq(), "first packet is not CONNECT");
    closes_before_connect(packet::publish(events, "x"), "first packet is not CONNECT");
    closes_before_connect("GET / HTTP/1.1\r\n\r\n", "flags");
    closes_before_connect(std::string("\x16\x03\x01\x02\x00\x01", 6), "flags");
    closes_before_connect("AMQP\x03\x01\x01\x01", "flags");
}

TEST_CASE("CONNECT must be well formed") {
    using fields = packet::connect_fields;
    closes_connect([](fields& f) { f.protocol = "MQTX"; }, "not MQTT");
    closes_connect([](fields& f) { f.extra_flags = 0x01; }, "reserved flag");
    closes_connect([](fields& f) { f.extra_flags = 0x04 | 0x18; }, "will of QoS 3");
    closes_connect([](fields& f) { f.extra_flags = 0x08; }, "will flags without a will");
    closes_connect([](fields& f) { f.user_name.reset(); }, "password without a user name");
    closes_connect([](fields& f) { f.client_id = std::string("dev1\0", 5); }, "not UTF-8");
    closes_connect([](fields& f) { f.client_id = "\xed\xa0\x80"; }, "not UTF-8");
    closes_before_connect(packet::framed(0x10, packet::text("MQTT") + "\x04\xc2"), "beyond");
    closes_before_connect(packet::framed(0x10, {}), "beyond");
    closes_before_connect(packet::framed(0x11, "x"), "flags");
}

TEST_CASE("a second CONNECT closes") {
    closes(packet::connect(good_connect(device)), "not expected");
}

TEST_CASE("before CONNECT at most 8 KiB are taken, afterwards 320 KiB") {
    const std::string declares_9k("\x10\x80\x48", 3);
    closes_before_connect(declares_9k + std::string(1000, 'x'), "over the 8192 allowed");
    const std::string declares_256m("\x30\xff\xff\xff\x7f", 5);
    closes(declares_256m + std::string(1000, 'x'), "over the 327680 allowed");
    closes(std::string("\x30\x80\x80\x80\x80\x01", 6), "more than four bytes");
}

TEST_CASE("packet types that no client may send close") {
    closes(packet::connack(0), "not expected");
    closes(packet::suback(1, {0}), "not expected");
    closes(packet::unsuback(1), "not expected");
    closes(packet::pingresp(), "not expected");
    closes(packet::framed(0x50, packet::number(1)), "not expected");
    closes(packet::framed(0x62, packet::number(1)), "not expected");
    closes(packet::framed(0x70, packet::number(1)), "not expected");
    closes(packet::framed(0x00, ""), "type 0 does not exist");
    closes(packet::framed(0xf0, ""), "type 15 does not exist");
}

TEST_CASE("PUBACK that breaks a rule closes") {
    closes(packet::puback(0), "packet identifier 0");
    closes(packet::framed(0x40, "\x01"), "beyond");
    closes(packet::framed(0x40, packet::number(1) + "x"), "goes on behind");
}

TEST_CASE("reserved flags close") {
    closes(packet::framed(0xc1, ""), "flags");
    closes(packet::framed(0xe8, ""), "flags");
    closes(packet::framed(0x80, packet::number(1)), "flags");
    closes(packet::framed(0xa0, packet::number(1)), "flags");
}

TEST_CASE("PUBLISH that breaks a rule closes, and nothing is kept of it") {
    const std::string topic = events;
    closes(packet::publish_1(1, topic, "x", 0x06), "PUBLISH with flags 6");
    closes(packet::framed(0x34, packet::text(topic) + packet::number(1)), "QoS 2");
    closes(packet::publish(topic, "x", 0x08), "flags");
    closes(packet::publish_1(0, topic, "x"), "packet identifier 0");
    closes(packet::publish("", "x"), "topic");
    closes(packet::publish(topic + "+", "x"), "wildcards");
    closes(packet::publish(topic + "#", "x"), "wildcards");
    closes(packet::publish(topic + std::string("\0", 1), "x"), "not UTF-8");
    closes(packet::publish(topic + "\xed\xa0\x80", "x"), "not UTF-8");
    closes(packet::publish(topic + "\xc0\xaf", "x"), "not UTF-8");
    closes(packet::framed(0x30, "\x00\xffx"), "beyond");
}

TEST_CASE("a topic of somebody else, or none of the hub's, closes") {
    for (const char* topic :
         {"devices/dev2/messages/events/", "devices/dev1/modules/m1/messages/events/",
          "devices/dev1/messages/devicebound/", "devices/dev1/messages/eventsX", "anything",
          "$iothub/other", "$iothub/twin/PUT/?$rid=1", "$SYS/broker/uptime"}) {
        closes(packet::publish_1(1, topic, "x"), "none that this identity may publish to");
    }
}

TEST_CASE("a twin request without a usable $rid closes") {
    for (const std::string topic :
         {"$iothub/twin/GET/", "$iothub/twin/PATCH/properties/reported/"}) {
        INFO(topic);
        const std::string body = R"({"a":1})";
        closes(packet::publish(topic, body), "no query");
        closes(packet::publish(topic + "?rid=1", body), "no $rid");
        closes(packet::publish(topic + "?$rid=", body), "no $rid");
        closes(packet::publish(topic + "?$rid=1&$rid=2", body), "two $rid");
        closes(packet::publish(topic + "?$rid=" + std::string(10'240, 'r'), body), "over 1024");
    }
}

TEST_CASE("SUBSCRIBE that breaks a rule closes") {
    closes(packet::subscribe(1, {}), "no topic filter");
    closes(packet::subscribe(0, {{"a", 0}}), "packet identifier 0");
    closes(packet::subscribe(1, {{"a", 3}}), "QoS 3");
    closes(packet::subscribe(1, {{"", 0}}), "empty topic filter");
    closes(packet::subscribe(1, {{"\xff", 0}}), "not UTF-8");
    closes(packet::subscribe(1, {33, {"a", 0}}), "over 32");
    closes(packet::subscribe(1, {1000, {"a", 0}}), "over 32");
    closes(packet::framed(0x82, packet::number(1) + packet::text("a")), "beyond");
}

TEST_CASE("UNSUBSCRIBE that breaks a rule closes") {
    closes(packet::unsubscribe(1, {}), "no topic filter");
    closes(packet::unsubscribe(0, {"a"}), "packet identifier 0");
    closes(packet::unsubscribe(1, {std::vector<std::string>(33, "a")}), "over 32");
}

TEST_CASE("filters that are nobody's or somebody else's are refused one by one") {
    play(connects(device) +
         script{sends(packet::subscribe(9, {{"#", 1},
                                            {"devices/dev2/messages/devicebound/#", 1},
                                            {"devices/dev1/messages/devicebound/#", 2},
                                            {"$iothub/twin/res/#", 0},
                                            {"$iothub/#", 0}})),
                gets(packet::suback(9, {0x80, 0x80, 1, 0, 0x80}))});
}

TEST_CASE("method responses that nobody waits for are acknowledged, logged and ignored") {
    play(connects(device) +
         script{sends(packet::publish_1(1, "$iothub/methods/res/200/?$rid=77", "{}")),
                sends(packet::publish_1(2, "$iothub/methods/res/200/?$rid=77", "{}")),
                sends(packet::publish_1(3, "$iothub/methods/res/fine/?$rid=77", "{}")),
                gets(packet::puback(1) + packet::puback(2) + packet::puback(3)), does([](stage s) {
                    CHECK(s.hub_side.log.mentions("unknown request '77'"));
                    CHECK(s.hub_side.log.mentions("method response is ignored"));
                })});
}

TEST_CASE("what follows the end is not looked at") {
    play(connects(device) +
         script{sends(packet::disconnect() + packet::publish_1(1, events, "late"))} +
         ends("goodbye") + script{sends(packet::pingreq()), does([](stage s) {
                                      CHECK(s.machine.output().empty());
                                      CHECK(s.hub_side.events("dev1").empty());
                                  })});
}
