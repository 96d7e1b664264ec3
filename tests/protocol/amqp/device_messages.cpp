// Messages to devices, and to inputs of modules (device protocol §2.6; rows D02, D03).

#include "device_peer.hpp"

using namespace iothub;
using namespace iothub::test;
using namespace std::chrono_literals;

namespace {

struct receiving {
    explicit receiving(world& w, int credit = 100)
        : d(w)
        , in(d.p.receiver(d.at("messages/devicebound"), {.name = {}, .credit = credit})) {
        REQUIRE(in.attached);
    }

    void enqueue(const std::string& body) {
        core::c2d_message m;
        m.body = body;
        REQUIRE(d.w.hub.c2d().enqueue(device, m));
        d.p.run();
    }

    // "body(times abandoned) ", and with a star where it is locked.
    std::string waiting() {
        std::string all;
        for (const core::queued_message& one : d.w.hub.c2d().list(device)) {
            all += one.message.body + "(" + std::to_string(one.message.delivery_count) + ")" +
                   (one.locked ? "* " : " ");
        }
        return all;
    }

    device_peer d;
    peer_link& in;
};

} // namespace

TEST_CASE("a message goes to the device unsettled, under its lock token, and is completed") {
    world w;
    receiving r(w);
    r.enqueue("hello");
    REQUIRE(r.in.inbox.size() == 1);
    const received_message got = r.in.inbox.front();
    CHECK(got.content.data == std::vector<std::string>{"hello"});
    CHECK(got.content.properties->to == "/devices/dev1/messages/deviceBound");
    CHECK(got.tag.size() == 16);
    CHECK_FALSE(got.settled);
    CHECK(r.waiting() == "hello(0)* ");
    r.d.p.settle(r.in, got.number, "accepted");
    CHECK(r.waiting().empty());
}

TEST_CASE("a message that the peer says it is receiving is not settled yet") {
    world w;
    receiving r(w);
    r.enqueue("a");
    const std::uint64_t number = r.in.inbox.back().number;
    r.d.p.settle(r.in, number, "received", false);
    CHECK(r.in.inbox.size() == 1);
    CHECK(r.waiting() == "a(0)* ");
    r.d.p.settle(r.in, number, "accepted");
    CHECK(r.waiting().empty());
}

TEST_CASE("a message that is released or modified comes again, one that is rejected does not") {
    world w;
    receiving r(w);
    r.enqueue("a");
    r.d.p.settle(r.in, r.in.inbox.back().number, "released");
    REQUIRE(r.in.inbox.size() == 2);
    CHECK(r.waiting() == "a(1)* ");
    r.d.p.settle(r.in, r.in.inbox.back().number, "modified");
    REQUIRE(r.in.inbox.size() == 3);
    CHECK(r.in.inbox.back().tag != r.in.inbox.front().tag);
    CHECK(r.waiting() == "a(2)* ");
    r.d.p.settle(r.in, r.in.inbox.back().number, "rejected");
    CHECK(r.waiting().empty());
}

TEST_CASE("messages wait for credit") {
    world w;
    receiving r(w, 0);
    r.enqueue("a");
    r.enqueue("b");
    CHECK(r.in.inbox.empty());
    r.d.p.give_credit(r.in, 1);
    REQUIRE(r.in.inbox.size() == 1);
    CHECK(r.waiting() == "a(0)* b(0) ");
    r.d.p.give_credit(r.in, 1);
    CHECK(r.in.inbox.size() == 2);
}

TEST_CASE("what was not settled on a link that went waits for the next") {
    world w;
    receiving r(w);
    r.d.p.sender(r.d.at("messages/events")); // the session goes on
    r.enqueue("a");
    CHECK(r.waiting() == "a(0)* ");
    r.d.p.detach(r.in);
    CHECK(r.d.connected());
    CHECK(r.waiting() == "a(0) ");
    peer_link& again = r.d.p.receiver(r.d.at("messages/deviceBound"));
    REQUIRE(again.inbox.size() == 1);
    r.d.p.settle(again, again.inbox.back().number, "accepted");
    CHECK(r.waiting().empty());
}

TEST_CASE("a lock that has ended cannot be settled") {
    world w;
    receiving r(w);
    r.enqueue("a");
    r.d.p.give_credit(r.in, 0);
    r.d.p.wait(61s);
    REQUIRE(r.in.inbox.size() == 2);
    r.d.p.settle(r.in, r.in.inbox.front().number, "accepted");
    CHECK(r.waiting() == "a(0)* ");
    CHECK(w.log.mentions("a message was settled in vain"));
    r.d.p.settle(r.in, r.in.inbox.back().number, "accepted");
    CHECK(r.waiting().empty());
}

TEST_CASE("a module gets what is to its inputs on one link, and the rest on the other") {
    world w;
    device_peer d(w, module);
    peer_link& inputs = d.p.receiver(d.at("messages/events"));
    peer_link& bound = d.p.receiver(d.at("messages/devicebound"));
    REQUIRE(inputs.attached);
    REQUIRE(bound.attached);
    core::c2d_message to_input;
    to_input.input = "in";
    to_input.body = "a";
    core::c2d_message to_module;
    to_module.body = "b";
    REQUIRE(w.hub.c2d().enqueue(module, to_input));
    REQUIRE(w.hub.c2d().enqueue(module, to_module));
    d.p.run();
    REQUIRE(inputs.inbox.size() == 1);
    CHECK(amqp::find_text(inputs.inbox.front().content.annotations, "x-opt-input-name") == "in");
    REQUIRE(bound.inbox.size() == 1);
    CHECK(bound.inbox.front().content.data == std::vector<std::string>{"b"});
}

TEST_CASE("a store that fails while a message is settled is told, and ends nothing") {
    world w;
    receiving r(w);
    core::c2d_message m;
    m.body = "a";
    m.ack = core::feedback_wanted::full;
    REQUIRE(w.hub.c2d().enqueue(device, m));
    r.d.p.run();
    w.store.reads_fail = true;
    r.d.p.settle(r.in, r.in.inbox.front().number, "accepted");
    w.store.reads_fail = false;
    CHECK(w.hub.count().errors == 1);
    CHECK(r.waiting() == "a(0)* ");
    CHECK_FALSE(r.d.p.closed());
}

TEST_CASE("a receiver that goes gives back its own messages, and not another's") {
    world w;
    device_peer d(w, module);
    peer_link& inputs = d.p.receiver(d.at("messages/events"));
    peer_link& bound = d.p.receiver(d.at("messages/devicebound"));
    core::c2d_message to_input;
    to_input.input = "in";
    REQUIRE(w.hub.c2d().enqueue(module, to_input));
    REQUIRE(w.hub.c2d().enqueue(module, core::c2d_message()));
    d.p.run();
    REQUIRE(inputs.inbox.size() == 1);
    REQUIRE(bound.inbox.size() == 1);
    d.p.detach(inputs);
    const auto waiting = w.hub.c2d().list(module);
    REQUIRE(waiting.size() == 2);
    CHECK_FALSE(waiting[0].locked);
    CHECK(waiting[1].locked);
    CHECK(bound.inbox.size() == 1);
    d.p.settle(bound, bound.inbox.front().number, "accepted");
    CHECK(w.hub.c2d().list(module).size() == 1);
    CHECK_FALSE(w.log.mentions("a message was settled in vain"));
}

TEST_CASE("what a receiver gives back goes to another that takes it") {
    world w;
    receiving r(w, 1);
    r.enqueue("a");
    peer_link& other = r.d.p.receiver(r.d.at("messages/devicebound"));
    r.enqueue("b");
    REQUIRE(r.in.inbox.size() == 1);
    REQUIRE(other.inbox.size() == 1);
    r.d.p.detach(r.in);
    REQUIRE(other.inbox.size() == 2);
    CHECK(other.inbox.back().content.data == std::vector<std::string>{"a"});
    CHECK(r.waiting() == "a(0)* b(0)* ");
}
