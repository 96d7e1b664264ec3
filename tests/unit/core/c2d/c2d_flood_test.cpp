// Many messages, many queues, many refusals: everything stays bounded and nothing is lost.
#include "c2d_bench.hpp"

using namespace iothub;
using namespace iothub::test;

TEST_CASE("many senders beside one receiver: what was accepted comes once, in order", "[c2d]") {
    c2d_bench b;
    int accepted = 0;
    int refused = 0;
    std::string sent;
    std::string got;
    for (int round = 0; round < 100; ++round) {
        for (int sender = 0; sender < 3; ++sender) {
            const std::string body = std::to_string(round * 3 + sender) + " ";
            if (b.c2d().enqueue(device, say(body))) {
                sent += body;
                ++accepted;
            } else {
                ++refused;
            }
        }
        got += b.poll();
        REQUIRE(b.settle(settlement::complete));
        CHECK(b.c2d().list(device).size() <= core::max_c2d_queue_depth);
    }
    CHECK(accepted + refused == 300);
    CHECK(refused > 0);
    while (b.poll() != "nothing") {
        got += b.last->message.body;
        REQUIRE(b.settle(settlement::complete));
    }
    CHECK(got == sent);
}

TEST_CASE("polling and abandoning without end kills messages, not the hub", "[c2d]") {
    c2d_bench b;
    for (std::size_t i = 0; i < core::max_c2d_queue_depth; ++i) {
        b.send(std::to_string(i), feedback_wanted::full);
    }
    std::size_t abandoned = 0;
    while (b.poll() != "nothing") {
        REQUIRE(b.settle(settlement::abandon));
        ++abandoned;
    }
    CHECK(abandoned == core::max_c2d_queue_depth * b.settings.max_delivery_count);
    CHECK(b.outcomes().size() == core::max_c2d_queue_depth);
}

TEST_CASE("queues that expire together are emptied together", "[c2d]") {
    c2d_bench b;
    constexpr int devices = 200;
    for (int i = 0; i < devices; ++i) {
        const identity_key key{"device" + std::to_string(i), ""};
        b.create(key);
        for (int n = 0; n < 50; ++n) {
            REQUIRE(b.c2d().enqueue(key, say("x")));
        }
    }
    b.pass(b.settings.time_to_live);
    for (int i = 0; i < devices; ++i) {
        CHECK(b.c2d().list({"device" + std::to_string(i), ""}).empty());
    }
    CHECK_FALSE(b.hub->next_deadline());
}
