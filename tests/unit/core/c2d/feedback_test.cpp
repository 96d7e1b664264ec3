// Feedback: who gets which records.
#include "c2d_bench.hpp"

using namespace iothub;
using namespace iothub::test;

TEST_CASE("each sender learns what he asked for", "[c2d]") {
    c2d_bench b;
    const std::vector<feedback_wanted> wishes{feedback_wanted::none, feedback_wanted::positive,
                                              feedback_wanted::negative, feedback_wanted::full};
    for (const settlement how : {settlement::complete, settlement::reject}) {
        for (const feedback_wanted wish : wishes) {
            b.send(std::string(core::ack_text(wish)), wish);
            b.poll();
            CHECK(b.settle(how));
        }
    }
    CHECK(b.outcomes() == std::vector<std::string>{"id of positive: Success", "id of full: Success",
                                                   "id of negative: Rejected",
                                                   "id of full: Rejected"});
}

TEST_CASE("a record names the message, the device and the time of the end", "[c2d]") {
    c2d_bench b;
    c2d_message nameless = say("x", feedback_wanted::full);
    nameless.system_properties.clear();
    REQUIRE(b.c2d().enqueue(module, nameless));
    b.send("one", feedback_wanted::full);
    b.clock.advance(5s);
    CHECK(b.c2d().purge(module) == 1);
    b.poll();
    CHECK(b.settle(settlement::complete));
    const auto device_identity = *b.hub->identities().get(device);
    const auto records = b.c2d().feedback(10);
    REQUIRE(records.size() == 2);
    CHECK(records[0] == core::feedback_record{1, "", "d", device_identity.generation_id,
                                              b.clock.now(), c2d_outcome::purged});
    CHECK(records[1] == core::feedback_record{2, "id of one", "d", device_identity.generation_id,
                                              b.clock.now(), c2d_outcome::success});
    CHECK(b.c2d().feedback(1) == std::vector{records[0]});
}

TEST_CASE("records are kept over restarts, the newest ones only", "[c2d]") {
    c2d_bench b({.max_feedback_records = 3});
    for (int i = 1; i <= 5; ++i) {
        b.send(std::to_string(i), feedback_wanted::full);
        CHECK(b.c2d().purge(device) == 1);
    }
    b.hub->end_turn();
    b.start();
    CHECK(b.outcomes() ==
          std::vector<std::string>{"id of 3: Purged", "id of 4: Purged", "id of 5: Purged"});
}
