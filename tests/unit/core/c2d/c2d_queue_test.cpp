// A queue as its pollers see it: order, locks, settling, depth.
#include "c2d_bench.hpp"

using namespace iothub;
using namespace iothub::test;

TEST_CASE("messages come in their order, each to one receiver", "[c2d]") {
    c2d_bench b;
    b.send("one");
    b.send("two");
    CHECK(b.poll() == "one");
    CHECK(b.last->message.sequence_number == 1);
    CHECK(b.last->message.enqueued == b.clock.now());
    CHECK(b.last->message.expiry == b.clock.now() + 1h);
    CHECK(b.last->message.delivery_count == 0);
    CHECK_FALSE(b.last->again);
    CHECK(b.last->lock_token.size() == 36);
    CHECK(b.poll() == "two");
    CHECK(b.poll() == "nothing");
    CHECK(b.bodies() == "one(locked) two(locked) ");
    CHECK_FALSE(b.c2d().receive(module));
}

TEST_CASE("what is put in comes out, with an address where it had none", "[c2d]") {
    c2d_bench b;
    c2d_message m = say("body", feedback_wanted::full);
    m.input = "in";
    m.application_properties = {{"k", "v"}, {"k", std::nullopt}, {"", ""}};
    m.delivery_count = 7;
    m.sequence_number = 99;
    const auto put = b.c2d().enqueue(module, m);
    REQUIRE(put);
    const auto got = b.c2d().receive(module);
    REQUIRE(got);
    CHECK(got->message == *put);
    m.sequence_number = 1;
    m.delivery_count = 0;
    m.enqueued = b.clock.now();
    m.expiry = b.clock.now() + 1h;
    m.system_properties.push_back({"to", "/devices/d/modules/m/messages/deviceBound"});
    CHECK(*put == m);
    c2d_message addressed = say("x");
    addressed.system_properties = {{"to", "/devices/d/messages/devicebound"}};
    CHECK(b.c2d().enqueue(device, addressed)->system_properties == addressed.system_properties);
}

TEST_CASE("a completed message is gone, a rejected one as well", "[c2d]") {
    c2d_bench b;
    b.send("one");
    b.send("two");
    b.poll();
    CHECK(b.settle(settlement::complete));
    b.poll();
    CHECK(b.settle(settlement::reject));
    CHECK(b.bodies().empty());
    CHECK_FALSE(b.c2d().next_deadline());
    CHECK(b.kept.list_queues().empty());
    CHECK(b.log.mentions("d: message 2 has ended: Rejected"));
}

TEST_CASE("an abandoned message comes again, in its place, and is counted", "[c2d]") {
    c2d_bench b;
    b.send("one");
    b.send("two");
    b.poll();
    CHECK(b.settle(settlement::abandon));
    CHECK(b.poll() == "one");
    CHECK(b.last->again);
    CHECK(b.last->message.delivery_count == 1);
    CHECK(b.poll() == "two");
    CHECK_FALSE(b.last->again);
}

TEST_CASE("a message that is abandoned ten times is dead", "[c2d]") {
    c2d_bench b;
    b.send("one", feedback_wanted::negative);
    for (std::uint32_t round = 0; round < 10; ++round) {
        REQUIRE(b.poll() == "one");
        CHECK(b.last->message.delivery_count == round);
        CHECK(b.settle(settlement::abandon));
    }
    CHECK(b.poll() == "nothing");
    CHECK(b.outcomes() == std::vector<std::string>{"id of one: DeliveryCountExceeded"});
}

TEST_CASE("a lock ends after its time, which counts nothing", "[c2d]") {
    c2d_bench b;
    b.send("one");
    b.poll();
    CHECK(b.c2d().next_deadline() == b.clock.now() + 60s);
    b.pass(59s);
    CHECK(b.poll() == "nothing");
    b.pass(1s);
    const std::string old = b.last ? b.last->lock_token : "";
    CHECK(b.poll() == "one");
    CHECK(b.last->again);
    CHECK(b.last->message.delivery_count == 0);
    CHECK(b.last->lock_token != old);
}

TEST_CASE("who settles too late, twice, or what he has not locked, is told so", "[c2d]") {
    c2d_bench b;
    b.send("one");
    const auto lost = [&](const identity_key& who, const std::string& token) {
        const auto settled = b.c2d().settle(who, token, settlement::complete);
        return !settled && settled.error().code == errc::device_message_lock_lost;
    };
    CHECK(lost(device, ""));
    CHECK(lost(device, "none"));
    b.poll();
    CHECK(lost(module, b.last->lock_token));
    b.clock.advance(60s); // also where nobody has called advance() yet
    CHECK(lost(device, b.last->lock_token));
    b.poll();
    CHECK(b.settle(settlement::complete));
    CHECK(lost(device, b.last->lock_token));
}

TEST_CASE("fifty messages wait, locked ones among them, and not one more", "[c2d]") {
    c2d_bench b;
    for (int i = 0; i < 50; ++i) {
        b.send(std::to_string(i));
    }
    b.poll();
    b.poll();
    const auto refused = b.c2d().enqueue(device, say("51"));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::device_maximum_queue_depth_exceeded);
    CHECK(b.c2d().enqueue(module, say("another queue")));
    CHECK(b.settle(settlement::complete));
    CHECK(b.c2d().enqueue(device, say("51")));
    CHECK_FALSE(b.c2d().enqueue(device, say("52")));
    CHECK(b.c2d().list(device).size() == 50);
}

TEST_CASE("sequence numbers are never repeated, not even of an empty queue", "[c2d]") {
    c2d_bench b;
    b.send("one");
    b.poll();
    CHECK(b.settle(settlement::complete));
    b.send("two");
    CHECK(b.c2d().purge(device) == 1);
    b.hub->end_turn();
    b.start();
    b.send("three");
    b.poll();
    CHECK(b.last->message.sequence_number == 3);
}

TEST_CASE("messages that are refused leave nothing", "[c2d]") {
    c2d_bench b;
    const auto code = [&](const identity_key& target, const c2d_message& m) {
        const auto put = b.c2d().enqueue(target, m);
        return put ? errc{} : put.error().code;
    };
    CHECK(code({"none", ""}, say("x")) == errc::device_not_found);
    CHECK(code({"d", "none"}, say("x")) == errc::device_not_found);
    CHECK(code(device, say(std::string(65'536, 'x'))) == errc::message_too_large);
    c2d_message to_input = say("x");
    to_input.input = "in";
    CHECK(code(device, to_input) == errc::argument_invalid);
    to_input.input = std::string(129, 'i');
    CHECK(code(module, to_input) == errc::argument_invalid);
    CHECK(b.bodies().empty());
    CHECK(b.c2d().list(module).empty());
    CHECK_FALSE(b.c2d().next_deadline());
}

TEST_CASE("purging ends everything, locked or not", "[c2d]") {
    c2d_bench b;
    b.send("one", feedback_wanted::full);
    b.send("two");
    b.poll();
    CHECK(b.c2d().purge(device) == 2);
    CHECK(b.c2d().purge(device) == 0);
    CHECK_FALSE(b.settle(settlement::complete));
    CHECK(b.poll() == "nothing");
    CHECK(b.outcomes() == std::vector<std::string>{"id of one: Purged"});
}

TEST_CASE("with its identity a queue goes, and begins anew with another one", "[c2d]") {
    c2d_bench b;
    b.send("one", feedback_wanted::full);
    b.send("two", feedback_wanted::full);
    REQUIRE(b.c2d().enqueue(module, say("three")));
    b.poll();
    CHECK(b.settle(settlement::complete));
    CHECK(b.outcomes().size() == 1);
    REQUIRE(b.hub->identities().remove(device, core::precondition::anything()));
    CHECK(b.bodies().empty());
    CHECK(b.c2d().list(module).empty());
    CHECK(b.outcomes().empty());
    CHECK_FALSE(b.c2d().next_deadline());
    b.create(device);
    b.create(module);
    CHECK(b.poll() == "nothing");
    CHECK(b.c2d().enqueue(device, say("anew"))->sequence_number == 1);
}

TEST_CASE("a module's queue goes without its device's", "[c2d]") {
    c2d_bench b;
    b.send("one");
    REQUIRE(b.c2d().enqueue(module, say("two")));
    REQUIRE(b.hub->identities().remove(module, core::precondition::anything()));
    CHECK(b.c2d().list(module).empty());
    CHECK(b.bodies() == "one ");
}
