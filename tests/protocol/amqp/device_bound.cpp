// Back ends send messages to devices and modules (service API §7.2; rows C01, C02).

#include "back_end_peer.hpp"

using namespace iothub;
using namespace iothub::test;
using namespace std::chrono_literals;

namespace {

struct back_end : back_end_peer {
    explicit back_end(world& in)
        : back_end_peer(in) {
        out = &p.sender("/messages/devicebound");
        REQUIRE(out->attached);
    }

    static amqp::message to(const std::string& address, const std::string& body = "hello") {
        amqp::message made = text_message(body);
        made.properties.emplace();
        made.properties->to = address;
        return made;
    }

    disposition send(const amqp::message& what) { return out->sent[p.send(*out, what)]; }

    // The condition of what was refused, or the state.
    std::string outcome(const amqp::message& what) {
        const disposition told = send(what);
        CHECK(told.settled);
        return told.state == "rejected" ? told.condition : told.state;
    }

    std::string waiting(const identity_key& who) {
        std::string all;
        for (const core::queued_message& one : w.hub.c2d().list(who)) {
            all += one.message.body + " ";
        }
        return all;
    }

    peer_link* out = nullptr;
};

const std::string to_device = "/devices/dev1/messages/deviceBound";

} // namespace

TEST_CASE("a back end's message waits for the device") {
    world w;
    back_end b(w);
    amqp::message m = b.to(to_device);
    m.properties->message_id = "m1";
    m.application_properties = {{"iothub-ack", "full"}, {"colour", "red"}};
    CHECK(b.outcome(m) == "accepted");
    const auto waiting = w.hub.c2d().list(device);
    REQUIRE(waiting.size() == 1);
    CHECK(waiting[0].message.body == "hello");
    CHECK(waiting[0].message.ack == core::feedback_wanted::full);
    CHECK(find_property(waiting[0].message.system_properties, "message-id")->value == "m1");
    CHECK(find_property(waiting[0].message.system_properties, "to")->value == to_device);
    CHECK(waiting[0].message.application_properties == property_bag{{"colour", "red"}});
}

TEST_CASE("addresses of the node, as SDKs write them") {
    world w;
    back_end b(w);
    const char* const address =
        GENERATE("/messages/deviceBound", "messages/devicebound",
                 "amqps://hub.test:5671/messages/deviceBound", "/messages/devicebound/");
    CAPTURE(address);
    peer_link& out = b.p.sender(address);
    CHECK(out.attached);
    CHECK(out.credit > 0);
    CHECK(out.sent[b.p.send(out, b.to(to_device))].state == "accepted");
}

TEST_CASE("a message to a module, and one whose body is a string") {
    world w;
    back_end b(w);
    amqp::message m = b.to("/devices/dev1/modules/m1/messages/devicebound");
    m.data.clear();
    m.body = "text";
    CHECK(b.outcome(m) == "accepted");
    CHECK(b.waiting(module) == "text ");
    CHECK(b.waiting(device).empty());
}

TEST_CASE("a plus in an id is a plus, or a space where only that device is known") {
    world w;
    w.add({"a+b", ""});
    w.add({"c d", ""});
    back_end b(w);
    CHECK(b.outcome(b.to("/devices/a+b/messages/deviceBound")) == "accepted");
    CHECK(b.waiting({"a+b", ""}) == "hello ");
    CHECK(b.outcome(b.to("/devices/c+d/messages/deviceBound")) == "accepted");
    CHECK(b.waiting({"c d", ""}) == "hello ");
    CHECK(b.outcome(b.to("/devices/c%20d/messages/deviceBound")) == "accepted");
    CHECK(b.outcome(b.to("/devices/e+f/messages/deviceBound")) == "amqp:not-found");
}

TEST_CASE("messages to nobody") {
    world w;
    back_end b(w);
    CHECK(b.outcome(b.to("/devices/nobody/messages/deviceBound")) == "amqp:not-found");
    CHECK(b.outcome(b.to("/devices/dev1/modules/no/messages/deviceBound")) == "amqp:not-found");
    CHECK(b.outcome(b.to("/devices/dev1/messages/events")) == "amqp:not-allowed");
    CHECK(b.outcome(b.to("dev1")) == "amqp:not-allowed");
    CHECK(b.outcome(b.to("")) == "amqp:not-allowed");
    CHECK(b.outcome(text_message("x")) == "amqp:not-allowed");
    CHECK(b.outcome(b.to(to_device)) == "accepted"); // the link lives
}

TEST_CASE("the refusal says what the hub says everywhere") {
    world w;
    back_end b(w);
    const disposition told = b.send(b.to("/devices/nobody/messages/deviceBound"));
    const auto document = parse_json(told.description);
    REQUIRE(document);
    CHECK((*document)["errorCode"] == 404001);
    CHECK(w.log.mentions("a message to a device is refused"));
}

TEST_CASE("the queue of a device holds 50 messages") {
    world w;
    back_end b(w);
    for (int i = 0; i < 50; ++i) {
        REQUIRE(b.outcome(b.to(to_device)) == "accepted");
    }
    CHECK(b.outcome(b.to(to_device)) == "amqp:resource-limit-exceeded");
}

TEST_CASE("a message of more than 64 KiB") {
    world w;
    back_end b(w);
    amqp::message m = b.to(to_device, std::string(64 * 1024 - to_device.size() - 2, 'x'));
    CHECK(b.outcome(m) == "accepted");
    m.data = {m.data[0] + "x"};
    CHECK(b.outcome(m) == "amqp:link:message-size-exceeded");
}

TEST_CASE("properties that are wrong") {
    world w;
    back_end b(w);
    amqp::message m = b.to(to_device);
    m.application_properties = {{"count", 5}};
    CHECK(b.outcome(m) == "amqp:not-allowed");
    m.application_properties = {{"iothub-ack", "maybe"}};
    CHECK(b.outcome(m) == "com.microsoft:argument-error");
    m.application_properties = {{"$.mid", "x"}};
    CHECK(b.outcome(m) == "com.microsoft:argument-error");
    CHECK(b.waiting(device).empty());
}

TEST_CASE("an expiry that has passed is accepted, and the message ends") {
    world w;
    back_end b(w);
    amqp::message m = b.to(to_device);
    m.properties->message_id = "late";
    m.properties->absolute_expiry_time = amqp::milliseconds{1000};
    m.application_properties = {{"iothub-ack", "negative"}};
    CHECK(b.outcome(m) == "accepted");
    CHECK(b.waiting(device).empty());
    const auto told = w.hub.c2d().feedback(10);
    REQUIRE(told.size() == 1);
    CHECK(told[0].outcome == core::c2d_outcome::expired);
}

TEST_CASE("bytes that are no message") {
    world w;
    back_end b(w);
    const auto number = b.p.send_encoded(*b.out, "nonsense");
    CHECK(b.out->sent[number].state == "rejected");
    CHECK(b.out->sent[number].condition == "com.microsoft:argument-error");
    CHECK(b.outcome(b.to(to_device)) == "accepted");
}

TEST_CASE("a store that cannot be read refuses, and the link lives") {
    world w;
    back_end b(w);
    w.store.reads_fail = true;
    CHECK(b.outcome(b.to(to_device)) == "amqp:internal-error");
    w.store.reads_fail = false;
    CHECK(b.outcome(b.to(to_device)) == "accepted");
}

TEST_CASE("who may not send") {
    world w;
    peer p(w);
    p.open();
    REQUIRE(p.put_token(policy_token("registryRead")) == 200);
    peer_link& out = p.sender("/messages/devicebound");
    p.wait(20ms);
    CHECK_FALSE(out.attached);
    REQUIRE(out.ended);
    CHECK(out.ended->condition == "amqp:unauthorized-access");
}

TEST_CASE("nothing is received where back ends send") {
    world w;
    back_end b(w);
    peer_link& in = b.p.receiver("/messages/devicebound");
    b.p.wait(20ms);
    REQUIRE(in.ended);
    CHECK(in.ended->condition == "amqp:not-allowed");
}
