// Queues over turns: what is kept is kept, what is not is as before; and stores that cannot be
// read.
#include "c2d_bench.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

void lose_turn(c2d_bench& b) {
    b.store.commits_fail = true;
    b.hub->end_turn();
    b.store.commits_fail = false;
}

} // namespace

TEST_CASE("messages last over restarts, with how often they were abandoned", "[c2d]") {
    c2d_bench b;
    b.send("one");
    b.send("two");
    REQUIRE(b.c2d().enqueue(module, say("three")));
    b.poll();
    CHECK(b.settle(settlement::abandon));
    b.poll();
    b.hub->end_turn();
    b.start();
    CHECK(b.bodies() == "one two ");
    CHECK(b.c2d().list(module).size() == 1);
    CHECK(b.poll() == "one");
    CHECK(b.last->message.delivery_count == 1);
    CHECK(b.settle(settlement::complete));
    b.hub->end_turn();
    b.start();
    CHECK(b.bodies() == "two ");
}

TEST_CASE("a message whose turn is lost was never there", "[c2d]") {
    c2d_bench b;
    b.send("one");
    b.hub->end_turn();
    b.send("lost");
    lose_turn(b);
    CHECK(b.bodies() == "one ");
    b.send("two");
    CHECK(b.c2d().list(device).back().message.sequence_number == 2);
    b.hub->end_turn();
    b.start();
    CHECK(b.bodies() == "one two ");
}

TEST_CASE("what a lost turn ended or counted is back", "[c2d]") {
    c2d_bench b;
    b.send("one", feedback_wanted::full);
    b.send("two", feedback_wanted::full);
    b.hub->end_turn();
    b.poll();
    CHECK(b.settle(settlement::complete));
    b.poll();
    CHECK(b.settle(settlement::abandon));
    lose_turn(b);
    CHECK(b.bodies() == "one two ");
    CHECK(b.outcomes().empty());
    CHECK(b.poll() == "one");
    CHECK(b.poll() == "two");
    CHECK(b.last->message.delivery_count == 0);
    CHECK(b.settle(settlement::complete));
    lose_turn(b);
    CHECK(b.bodies() == "one(locked) two ");
    CHECK(b.c2d().purge(device) == 2);
    lose_turn(b);
    CHECK(b.hub->next_deadline());
    CHECK(b.c2d().list(device).size() == 2);
}

TEST_CASE("locks of an earlier turn outlast one that is lost", "[c2d]") {
    c2d_bench b;
    b.send("one");
    b.hub->end_turn();
    b.poll();
    b.hub->end_turn();
    b.send("lost");
    lose_turn(b);
    CHECK(b.bodies() == "one(locked) ");
    CHECK(b.settle(settlement::complete));
}

TEST_CASE("an identity whose removal is lost has its messages", "[c2d]") {
    c2d_bench b;
    b.send("one");
    REQUIRE(b.c2d().enqueue(module, say("two", feedback_wanted::full)));
    b.hub->end_turn();
    REQUIRE(b.hub->identities().remove(device, core::precondition::anything()));
    CHECK_FALSE(b.hub->next_deadline());
    lose_turn(b);
    b.pass(3600s); // nobody has asked for the queues meanwhile
    CHECK(b.outcomes() == std::vector<std::string>{"id of two: Expired"});
    CHECK(b.bodies().empty());
}

TEST_CASE("after a lost turn, queues that cannot be read are read when they are used", "[c2d]") {
    c2d_bench b;
    b.send("one");
    b.hub->end_turn();
    b.send("lost");
    b.store.reads_fail = true;
    lose_turn(b);
    CHECK(b.log.mentions("queues cannot be read: the disk is broken"));
    CHECK_THROWS_AS(b.c2d().receive(device), core::store_fault);
    CHECK_THROWS_AS(b.c2d().count(device), core::store_fault);
    b.store.reads_fail = false;
    CHECK(b.c2d().count(device) == 1);
    CHECK(b.bodies() == "one ");
    b.send("two");
    CHECK(b.bodies() == "one two ");
}

TEST_CASE("messages are counted while they wait, locked ones too, each queue's own", "[c2d]") {
    c2d_bench b;
    CHECK(b.c2d().count(device) == 0);
    b.send("one");
    b.send("two");
    b.poll();
    CHECK(b.c2d().count(device) == 2);
    CHECK(b.c2d().count(module) == 0);
    CHECK(b.hub->identities().get(device)->waiting_messages == 2);
    CHECK(b.settle(settlement::complete));
    CHECK(b.c2d().count(device) == 1);
    b.hub->end_turn();
    b.start();
    CHECK(b.hub->identities().get(device)->waiting_messages == 1);
    b.send("lost");
    CHECK(b.c2d().count(device) == 2);
    lose_turn(b);
    CHECK(b.c2d().count(device) == 1);
    b.pass(3600s);
    CHECK(b.c2d().count(device) == 0);
}

TEST_CASE("a removed identity's messages are not counted, also where they cannot be read",
          "[c2d]") {
    c2d_bench b;
    b.send("lost");
    b.store.reads_fail = true;
    lose_turn(b);
    b.c2d().forget(device);
    CHECK(b.c2d().count(device) == 0);
}

TEST_CASE("an end that the store does not let be told is tried again later", "[c2d]") {
    c2d_bench b;
    b.send("one", feedback_wanted::full);
    b.clock.advance(1h);
    b.store.reads_fail = true;
    b.hub->advance();
    CHECK(b.log.mentions("cannot be done: the disk is broken"));
    CHECK(b.hub->next_deadline() == b.clock.now() + 60s);
    b.store.reads_fail = false;
    b.pass(60s);
    CHECK(b.outcomes() == std::vector<std::string>{"id of one: Expired"});
    CHECK_FALSE(b.hub->next_deadline());
}

TEST_CASE("a session may end while the store cannot be read", "[c2d]") {
    c2d_bench b;
    recording_link link;
    link.room_for_messages = 1;
    b.hub->sessions().connect(device, link);
    b.send("one", feedback_wanted::full);
    b.clock.advance(2h);
    b.store.reads_fail = true;
    b.hub->sessions().disconnected(device, link);
    b.store.reads_fail = false;
    b.hub->advance();
    CHECK(b.outcomes() == std::vector<std::string>{"id of one: Expired"});
}
