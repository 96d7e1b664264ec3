// Flows with drain (OASIS AMQP 1.0, part 2 §2.6.7): what there is comes, and the rest of the credit
// is used up by the hub's own flow.

#include "back_end_peer.hpp"
#include "device_peer.hpp"
#include "event_hub_peer.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

void enqueue(world& w, const std::string& body) {
    core::c2d_message m;
    m.body = body;
    m.ack = core::feedback_wanted::full;
    REQUIRE(w.hub.send(device, m));
}

} // namespace

TEST_CASE("a device drains its messages") {
    world w;
    device_peer d(w);
    peer_link& in = d.p.receiver(d.at("messages/devicebound"), {.name = {}, .credit = 0});
    CHECK(d.p.drain(in, 10));
    CHECK(in.inbox.empty());
    enqueue(w, "a");
    enqueue(w, "b");
    d.p.run();
    CHECK(in.inbox.empty());
    CHECK(d.p.drain(in, 10));
    CHECK(bodies(in) == texts{"a", "b"});
    enqueue(w, "c");
    d.p.run();
    CHECK(in.inbox.size() == 2);
    d.p.give_credit(in, 1);
    CHECK(bodies(in) == texts{"a", "b", "c"});
}

TEST_CASE("a smaller credit after a drain counts") {
    world w;
    device_peer d(w);
    peer_link& in = d.p.receiver(d.at("messages/devicebound"), {.name = {}, .credit = 0});
    enqueue(w, "a");
    CHECK(d.p.drain(in, 100));
    enqueue(w, "b");
    d.p.give_credit(in, 1);
    CHECK(bodies(in) == texts{"a", "b"});
}

TEST_CASE("a reader drains a partition") {
    reading_world w;
    reading_peer p(w);
    peer_link& in = p.read("", {.name = "r", .credit = 0});
    CHECK(p.drain(in, 10));
    w.send("a");
    w.send("b");
    p.run();
    CHECK(in.inbox.empty());
    CHECK(p.drain(in, 10));
    CHECK(bodies(in) == texts{"a", "b"});
    w.send("c");
    p.run();
    CHECK(in.inbox.size() == 2);
    p.give_credit(in, 5);
    CHECK(bodies(in) == texts{"a", "b", "c"});
}

TEST_CASE("a reader drains more than leaves at once") {
    reading_world w;
    for (int i = 0; i < 40; ++i) {
        w.send(std::string(60'000, 'x'));
    }
    reading_peer p(w);
    peer_link& in = p.read("", {.name = "r", .credit = 0});
    CHECK(p.drain(in, 30));
    CHECK_FALSE(in.inbox.empty());
    for (int i = 0; i < 40 && in.inbox.size() < 40; ++i) {
        CHECK(p.drain(in, 30));
    }
    CHECK(in.inbox.size() == 40);
}

TEST_CASE("a reader of feedback drains it") {
    world w;
    back_end_peer b(w);
    peer_link& in = b.p.receiver("/messages/serviceBound/feedback", {.name = {}, .credit = 0});
    CHECK(b.p.drain(in, 10));
    enqueue(w, "a");
    w.hub.c2d().purge(device);
    b.p.run();
    CHECK(in.inbox.empty());
    CHECK(b.p.drain(in, 10));
    CHECK(in.inbox.size() == 1);
    enqueue(w, "b");
    w.hub.c2d().purge(device);
    b.p.run();
    CHECK(in.inbox.size() == 1);
    b.p.give_credit(in, 1);
    CHECK(in.inbox.size() == 2);
}

TEST_CASE("links for replies and calls are drained, too") {
    world w;
    device_peer d(w);
    const std::string node = GENERATE("twin", "methods/devicebound");
    peer_link& in = d.p.receiver(d.at(node), {.name = {}, .credit = 0});
    CHECK(d.p.drain(in, 5));
    CHECK(d.p.drain(in, 0));
    CHECK_FALSE(in.ended);
}
