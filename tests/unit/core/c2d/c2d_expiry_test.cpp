// Time to live: of messages that wait, that are locked, and of those the hub was not there for.
#include "c2d_bench.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

c2d_message lasting(const c2d_bench& b, std::chrono::seconds time, const std::string& body) {
    c2d_message m = say(body, feedback_wanted::negative);
    m.expiry = b.clock.now() + time;
    return m;
}

} // namespace

TEST_CASE("a receiver is told the expiry that the sender set, not the hub's own", "[c2d]") {
    c2d_bench b;
    c2d_message m = say("one");
    CHECK(find_property(b.c2d().enqueue(device, m)->system_properties, "absolute-expiry-time") ==
          nullptr);
    m.expiry = b.clock.now() + 10s;
    const auto put = b.c2d().enqueue(device, m);
    const property* told = find_property(put->system_properties, "absolute-expiry-time");
    REQUIRE(told != nullptr);
    CHECK(told->value == iso_8601_round_trip(m.expiry));
}

TEST_CASE("a message expires after the hub's time to live, or at its own time", "[c2d]") {
    c2d_bench b;
    b.send("an hour", feedback_wanted::negative);
    REQUIRE(b.c2d().enqueue(device, lasting(b, 100s, "short")));
    CHECK(b.hub->next_deadline() == b.clock.now() + 100s);
    b.pass(99s);
    CHECK(b.bodies() == "an hour short ");
    b.pass(1s);
    CHECK(b.bodies() == "an hour ");
    CHECK(b.outcomes() == std::vector<std::string>{"id of short: Expired"});
    b.pass(3600s);
    CHECK(b.bodies().empty());
    CHECK(b.outcomes().size() == 2);
    CHECK_FALSE(b.hub->next_deadline());
}

TEST_CASE("an expired message is not received, counted or settled before advance() is called",
          "[c2d]") {
    c2d_bench b;
    for (int i = 0; i < 50; ++i) {
        b.send(std::to_string(i));
    }
    b.clock.advance(1h);
    CHECK(b.poll() == "nothing");
    b.send("fresh");
    CHECK(b.bodies() == "fresh ");
}

TEST_CASE("what has expired already ends at once", "[c2d]") {
    c2d_bench b;
    const auto put = b.c2d().enqueue(device, lasting(b, 0s, "late"));
    REQUIRE(put);
    CHECK(put->sequence_number == 1);
    CHECK(b.outcomes() == std::vector<std::string>{"id of late: Expired"});
    CHECK(b.c2d().enqueue(device, lasting(b, -100s, "later"))->sequence_number == 2);
    CHECK(b.outcomes().size() == 2);
    CHECK(b.poll() == "nothing");
}

TEST_CASE("a locked message may be completed after its time, until its lock ends", "[c2d]") {
    c2d_bench b;
    REQUIRE(b.c2d().enqueue(device, lasting(b, 10s, "one")));
    REQUIRE(b.c2d().enqueue(device, lasting(b, 10s, "two")));
    CHECK(b.poll() == "one");
    const auto one = b.last;
    CHECK(b.poll() == "two");
    b.pass(59s);
    CHECK(b.settle(settlement::complete));
    CHECK(b.outcomes().empty());
    b.pass(1s);
    CHECK(b.outcomes() == std::vector<std::string>{"id of one: Expired"});
    CHECK_FALSE(b.c2d().settle(device, one->lock_token, settlement::complete));
}

TEST_CASE("a message that is abandoned after its time has expired", "[c2d]") {
    c2d_bench b;
    REQUIRE(b.c2d().enqueue(device, lasting(b, 10s, "one")));
    b.poll();
    b.pass(20s);
    CHECK(b.settle(settlement::abandon));
    CHECK(b.outcomes() == std::vector<std::string>{"id of one: Expired"});
    CHECK(b.poll() == "nothing");
}

TEST_CASE("times to live run on while the hub is away", "[c2d]") {
    c2d_bench b;
    b.send("an hour");
    REQUIRE(b.c2d().enqueue(device, lasting(b, 100s, "short")));
    b.hub->end_turn();
    b.clock.advance(90s);
    b.start();
    CHECK(b.bodies() == "an hour short ");
    CHECK(b.hub->next_deadline() == b.clock.now() + 10s);
    b.clock.advance(10s);
    b.start();
    b.hub->advance();
    CHECK(b.outcomes() == std::vector<std::string>{"id of short: Expired"});
    CHECK(b.bodies() == "an hour ");
}

TEST_CASE("the settings say how long things last", "[c2d]") {
    c2d_bench b({.time_to_live = 100s, .max_delivery_count = 2, .lock = 5s});
    b.send("one", feedback_wanted::negative);
    b.poll();
    b.pass(5s);
    CHECK(b.poll() == "one");
    CHECK(b.settle(settlement::abandon));
    b.poll();
    CHECK(b.settle(settlement::abandon));
    CHECK(b.outcomes() == std::vector<std::string>{"id of one: DeliveryCountExceeded"});
    b.send("two", feedback_wanted::negative);
    b.pass(100s);
    CHECK(b.outcomes().back() == "id of two: Expired");
}
