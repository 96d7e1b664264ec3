// Cloud-to-device messages over MQTT (device protocol §1.3, §1.4.2): the recorded topics, and what
// becomes of messages that are not acknowledged.

#include "script.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;
using namespace std::chrono_literals;

namespace {

constexpr auto filter = "devices/dev1/messages/devicebound/#";
constexpr auto inputs_filter = "devices/dev1/modules/m1/inputs/#";
constexpr auto module_filter = "devices/dev1/modules/m1/messages/devicebound/#";
constexpr auto everything_filter = "devices/dev1/modules/m1/#";

const std::string to_device = "%24.to=%2Fdevices%2Fdev1%2Fmessages%2FdeviceBound";
const std::string to_module = "%24.to=%2Fdevices%2Fdev1%2Fmodules%2Fm1%2Fmessages%2FdeviceBound";
const std::string topic = "devices/dev1/messages/devicebound/" + to_device;

core::c2d_message text(const std::string& body) {
    core::c2d_message message;
    message.body = body;
    message.ack = core::feedback_wanted::none;
    return message;
}

step enqueues(const identity_key& target, core::c2d_message message) {
    return does([=](stage s) { REQUIRE(s.hub_side.hub.c2d().enqueue(target, message)); });
}

step enqueues(const std::string& body) {
    return enqueues(device, text(body));
}

script takes_messages(unsigned qos = 1) {
    return connects(device) +
           script{sends(packet::subscribe(1, {{filter, qos}})), gets(packet::suback(1, {qos}))};
}

step waits(const std::string& bodies) {
    return does([=](stage s) {
        std::string all;
        for (const auto& one : s.hub_side.hub.c2d().list(device)) {
            all += one.message.body + (one.locked ? "(locked) " : " ");
        }
        CHECK(all == bodies);
    });
}

// A packet identifier is the sequence number of the message, plus one.
std::string message(unsigned number, const std::string& body, unsigned flags = 0) {
    return packet::publish_1(number + 1, topic, body, flags);
}
constexpr unsigned again = 0x08;

// A later connection of the device; what it gets for `bytes`.
std::string later(stage s, const packet::connect_fields& hello, const std::string& bytes = {}) {
    mqtt::connection next(s.hub_side.hub, {"192.0.2.2:6000", {}}, "mqtt", [] {});
    next.receive(packet::connect(hello) + bytes);
    return next.take_output();
}

} // namespace

TEST_CASE("a message is published at QoS 1 and completed by its PUBACK") {
    play(takes_messages() + script{enqueues("hello"), gets(message(1, "hello")),
                                   waits("hello(locked) "), sends(packet::puback(2)), gets(""),
                                   waits("")});
}

TEST_CASE("a topic tells everything about its message, system properties first") {
    core::c2d_message m = text("");
    m.application_properties = {{"a b", "c&d/\xc3\xa9"}, {"plus", "+"}};
    m.system_properties = {{"content-encoding", "utf-8"},
                           {"content-type", "application/json"},
                           {"user-id", "u"},
                           {"own", "x"},
                           {"message-id", "id 1/2"},
                           {"to", "/devices/dev1/messages/devicebound"},
                           {"correlation-id", "c1"}};
    m.ack = core::feedback_wanted::full;
    m.expiry = manual_clock().now() + 500ms;
    play(takes_messages() +
         script{enqueues(device, m),
                gets(packet::publish_1(
                    2,
                    "devices/dev1/messages/devicebound/%24.mid=id%201%2F2"
                    "&%24.to=%2Fdevices%2Fdev1%2Fmessages%2Fdevicebound&%24.cid=c1&%24.uid=u"
                    "&%24.exp=2026-01-02T03%3A04%3A05.5000000Z&%24.ct=application%2Fjson"
                    "&%24.ce=utf-8&iothub-ack=full&own=x&a%20b=c%26d%2F%C3%A9&plus=%2B",
                    ""))});
}

TEST_CASE("what waits comes behind the SUBACK, in order, and no earlier") {
    play(connects(device) +
         script{enqueues("one"), enqueues("two"), gets(""),
                sends(packet::subscribe(1, {{filter, 1}})),
                gets(packet::suback(1, {1}) + message(1, "one") + message(2, "two"))});
}

TEST_CASE("messages are acknowledged in any order; unknown identifiers are passed over") {
    play(takes_messages() +
         script{enqueues("one"), enqueues("two"), gets(message(1, "one") + message(2, "two")),
                sends(packet::puback(3)), waits("one(locked) "), sends(packet::puback(3)),
                sends(packet::puback(77)), gets(""), does([](stage s) {
                    CHECK(s.hub_side.log.mentions("a PUBACK of the unknown packet identifier 77"));
                }),
                sends(packet::puback(2)), waits("")});
}

TEST_CASE("sixteen messages are in flight; the next one waits for an acknowledgement") {
    script s = takes_messages();
    std::string sent;
    for (unsigned i = 1; i <= 18; ++i) {
        s.push_back(enqueues(std::to_string(i)));
        sent += i <= 16 ? message(i, std::to_string(i)) : "";
    }
    play(s + script{gets(sent), sends(packet::puback(6)), gets(message(17, "17")),
                    sends(packet::puback(7) + packet::puback(8)), gets(message(18, "18"))});
}

TEST_CASE("the 51st message is refused while none is acknowledged") {
    play(takes_messages() + script{does([](stage s) {
             int refused = 0;
             for (int i = 0; i < 60; ++i) {
                 const auto put = s.hub_side.hub.c2d().enqueue(device, text("x"));
                 refused += put ? 0 : 1;
                 CHECK((put || put.error().code == errc::device_maximum_queue_depth_exceeded));
             }
             CHECK(refused == 10);
             CHECK(s.hub_side.hub.c2d().list(device).size() == 50);
         })});
}

TEST_CASE("a session that goes on gets what it has not acknowledged, as duplicates") {
    play(takes_messages() + script{enqueues("one"), enqueues("two"),
                                   gets(message(1, "one") + message(2, "two")),
                                   sends(packet::puback(2)), does([](stage s) {
                                       s.machine.stream_ended("lost");
                                       CHECK(later(s, good_connect(device)) ==
                                             packet::connack(0, true) + message(2, "two", again));
                                       CHECK(later(s, good_connect(device), packet::puback(3)) ==
                                             packet::connack(0, true) + message(2, "two", again));
                                   }),
                                   waits("")});
}

TEST_CASE("a newer connection gets at once what the older one held") {
    play(takes_messages() + script{enqueues("one"), gets(message(1, "one")), does([](stage s) {
                                       CHECK(later(s, good_connect(device)) ==
                                             packet::connack(0, true) + message(1, "one", again));
                                   })} +
         ends("newer connection"));
}

TEST_CASE("a clean session gets messages when it subscribes") {
    auto clean = good_connect(device);
    clean.extra_flags = 0x02;
    play(takes_messages() + script{enqueues("one"), gets(message(1, "one")), does([=](stage s) {
                                       s.machine.stream_ended("lost");
                                       CHECK(later(s, clean) == packet::connack(0));
                                       CHECK(later(s, clean, packet::subscribe(5, {{filter, 1}})) ==
                                             packet::connack(0) + packet::suback(5, {1}) +
                                                 message(1, "one", again));
                                   })});
}

TEST_CASE("messages that came while the device was away are there when it comes back") {
    play(takes_messages() + script{sends(packet::disconnect()), enqueues("one"), does([](stage s) {
                                       CHECK(later(s, good_connect(device)) ==
                                             packet::connack(0, true) + message(1, "one"));
                                   })});
}

TEST_CASE("messages that expire while the device is away do not come") {
    core::c2d_message brief = text("brief");
    brief.expiry = manual_clock().now() + 10s;
    play(takes_messages() + script{sends(packet::disconnect()), enqueues(device, brief),
                                   enqueues("one"), does([](stage s) {
                                       s.hub_side.clock.advance(10s);
                                       CHECK(later(s, good_connect(device)) ==
                                             packet::connack(0, true) + message(2, "one"));
                                   })});
}

TEST_CASE("a message that is not acknowledged in time is sent again, and may still be completed") {
    const auto passes = [](std::chrono::seconds time) {
        return does([=](stage s) {
            s.hub_side.clock.advance(time);
            s.hub_side.hub.advance();
        });
    };
    play(takes_messages() + script{enqueues("one"), gets(message(1, "one")), passes(59s), gets(""),
                                   passes(1s), gets(message(1, "one", again)),
                                   sends(packet::puback(2)), waits("")});
    core::c2d_message brief = text("brief");
    brief.expiry = manual_clock().now() + 10s;
    const std::string brief_topic = "devices/dev1/messages/devicebound/" + to_device +
                                    "&%24.exp=2026-01-02T03%3A04%3A15.0000000Z";
    play(takes_messages() +
         script{enqueues(device, brief), gets(packet::publish_1(2, brief_topic, "brief")),
                passes(60s), gets(""), waits(""), sends(packet::puback(2)), gets(""),
                does([](stage s) {
                    CHECK(s.hub_side.log.mentions("message 1 was acknowledged too late"));
                })});
}

TEST_CASE("at QoS 0 a message is sent once and completed") {
    play(takes_messages(0) +
         script{enqueues("one"), enqueues("two"),
                gets(packet::publish(topic, "one") + packet::publish(topic, "two")), waits("")});
}

TEST_CASE("at QoS 0 messages wait while there is enough output") {
    const std::string large(60'000, 'x');
    std::string first;
    for (int i = 0; i < 5; ++i) {
        first += packet::publish(topic, large);
    }
    script s = takes_messages(0);
    for (int i = 0; i < 7; ++i) {
        s.push_back(enqueues(large));
    }
    play(s + script{gets(first), does([](stage t) { t.machine.resume(); }),
                    gets(packet::publish(topic, large) + packet::publish(topic, large)),
                    waits("")});
}

TEST_CASE("who has unsubscribed gets no more, and may finish what he has") {
    play(takes_messages() +
         script{enqueues("one"), gets(message(1, "one")), sends(packet::unsubscribe(2, {filter})),
                gets(packet::unsuback(2)), enqueues("two"), gets(""), sends(packet::puback(2)),
                gets(""), waits("two "), sends(packet::subscribe(3, {{filter, 1}})),
                gets(packet::suback(3, {1}) + message(2, "two"))});
}

TEST_CASE("a module gets messages to its inputs") {
    core::c2d_message to_input = text("hello");
    to_input.input = "in 1";
    const std::string input_topic = "devices/dev1/modules/m1/inputs/in%201/" + to_module;
    for (const char* one : {inputs_filter, everything_filter}) {
        play(connects(module) +
             script{sends(packet::subscribe(1, {{one, 1}})), gets(packet::suback(1, {1})),
                    enqueues(module, to_input), gets(packet::publish_1(2, input_topic, "hello")),
                    sends(packet::puback(2)),
                    does([](stage s) { CHECK(s.hub_side.hub.c2d().list(module).empty()); })});
    }
}

TEST_CASE("a module gets messages to no input where it subscribes to them") {
    const std::string plain_topic = "devices/dev1/modules/m1/messages/devicebound/" + to_module;
    for (const char* one : {module_filter, everything_filter}) {
        play(connects(module) + script{sends(packet::subscribe(1, {{one, 1}})),
                                       gets(packet::suback(1, {1})),
                                       enqueues(module, text("hello")),
                                       gets(packet::publish_1(2, plain_topic, "hello"))});
    }
    core::c2d_message to_input = text("second");
    to_input.input = "in";
    play(connects(module) +
         script{sends(packet::subscribe(1, {{inputs_filter, 1}})), gets(packet::suback(1, {1})),
                enqueues(module, text("first")), enqueues(module, to_input),
                gets(packet::publish_1(3, "devices/dev1/modules/m1/inputs/in/" + to_module,
                                       "second"))});
}

TEST_CASE("ids come back encoded to who subscribed with such") {
    const identity_key odd{"a@b", ""};
    play(script{does([odd](stage s) {
             s.hub_side.add(odd);
             s.hub_side.hub.end_turn();
         })} +
         connects(odd) +
         script{sends(packet::subscribe(1, {{"devices/a%40b/messages/devicebound/#", 1}})),
                gets(packet::suback(1, {1})), enqueues(odd, text("x")),
                gets(packet::publish_1(2,
                                       "devices/a%40b/messages/devicebound/"
                                       "%24.to=%2Fdevices%2Fa%40b%2Fmessages%2FdeviceBound",
                                       "x"))});
}

TEST_CASE("a store that cannot be read costs the device its message for now, not its connection") {
    play(connects(device) +
         script{enqueues("one"), does([](stage s) { s.hub_side.store.reads_fail = true; }),
                sends(packet::subscribe(1, {{filter, 1}})), gets(packet::suback(1, {1})),
                does([](stage s) {
                    CHECK(s.hub_side.log.mentions("its messages cannot be read"));
                    s.hub_side.store.reads_fail = false;
                }),
                sends(packet::subscribe(2, {{filter, 1}})),
                gets(packet::suback(2, {1}) + message(1, "one"))});
}

TEST_CASE("the largest message fits") {
    core::c2d_message m = text("");
    m.application_properties = {{"k", std::string(core::max_c2d_topic_bytes - 2, 'v')}};
    play(
        takes_messages() +
        script{enqueues(device, m),
               gets(packet::publish_1(2, topic + "&k=" + *m.application_properties[0].value, ""))});
}
