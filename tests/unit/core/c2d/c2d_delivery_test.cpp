// Connected devices get messages as they come; what they do not settle comes again.
#include "c2d_bench.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

struct connected_bench : c2d_bench {
    explicit connected_bench(std::size_t room, const identity_key& key = device)
        : who(key) {
        link.room_for_messages = room;
        hub->sessions().connect(who, link);
    }
    ~connected_bench() { hub->sessions().disconnected(who, link); }

    std::string delivered() {
        std::string all;
        for (const c2d_delivery& one : link.deliveries) {
            all += one.message.body + (one.again ? "(again) " : " ");
        }
        link.deliveries.clear();
        return all;
    }

    const identity_key& who;
    recording_link link;
};

} // namespace

TEST_CASE("a message goes to who is connected, and to nobody else", "[c2d]") {
    connected_bench b(5);
    b.send("one");
    REQUIRE(b.link.deliveries.size() == 1);
    const auto got = b.link.deliveries[0];
    CHECK(b.delivered() == "one ");
    CHECK(b.poll() == "nothing");
    CHECK(b.bodies() == "one(locked) ");
    CHECK(b.c2d().settle(device, got.lock_token, settlement::complete));
    CHECK(b.bodies().empty());
}

TEST_CASE("what waits is delivered in order when the device comes, as far as it has room",
          "[c2d]") {
    c2d_bench b;
    for (const char* body : {"one", "two", "three"}) {
        b.send(body);
    }
    recording_link link;
    link.room_for_messages = 2;
    b.hub->sessions().connect(device, link);
    CHECK(link.deliveries.empty());
    b.c2d().online(device);
    REQUIRE(link.deliveries.size() == 2);
    CHECK(link.deliveries[0].message.body == "one");
    CHECK(link.deliveries[1].message.body == "two");
    b.send("four");
    CHECK(link.deliveries.size() == 2);
    link.room_for_messages = 5;
    b.c2d().online(device);
    REQUIRE(link.deliveries.size() == 4);
    CHECK(link.deliveries[2].message.body == "three");
    CHECK(link.deliveries[3].message.body == "four");
}

TEST_CASE("what a device has not settled when it leaves waits again at once", "[c2d]") {
    connected_bench b(2);
    for (const char* body : {"one", "two", "three"}) {
        b.send(body);
    }
    const auto one = b.link.deliveries.at(0);
    CHECK(b.delivered() == "one two ");
    CHECK(b.c2d().settle(device, one.lock_token, settlement::complete));
    b.hub->sessions().disconnected(device, b.link);
    CHECK(b.bodies() == "two three ");
    b.link.room_for_messages = 5;
    b.hub->sessions().connect(device, b.link);
    b.c2d().online(device);
    REQUIRE(b.link.deliveries.size() == 2);
    CHECK(b.link.deliveries[0].message.delivery_count == 0);
    CHECK(b.delivered() == "two(again) three ");
}

TEST_CASE("one delivery is given back without the others, and does not count", "[c2d]") {
    connected_bench b(2);
    b.send("one");
    b.send("two");
    REQUIRE(b.link.deliveries.size() == 2);
    const std::string of_one = b.link.deliveries[0].lock_token;
    b.c2d().give_back(device, "no token");
    b.c2d().give_back(device, "");
    b.c2d().give_back(module, of_one);
    CHECK(b.bodies() == "one(locked) two(locked) ");
    b.c2d().give_back(device, of_one);
    CHECK(b.bodies() == "one two(locked) ");
    CHECK(b.c2d().list(device)[0].message.delivery_count == 0);
    CHECK_FALSE(b.c2d().settle(device, of_one, settlement::complete));
}

TEST_CASE("a newer connection gets what the older one held", "[c2d]") {
    connected_bench b(1);
    b.send("one");
    recording_link newer;
    newer.room_for_messages = 1;
    b.hub->sessions().connect(device, newer);
    b.c2d().online(device);
    REQUIRE(newer.deliveries.size() == 1);
    CHECK(newer.deliveries[0].again);
    b.hub->sessions().disconnected(device, newer);
}

TEST_CASE("who polls keeps his lock when somebody else's session ends", "[c2d]") {
    connected_bench b(0);
    b.send("one");
    CHECK(b.poll() == "one");
    b.hub->sessions().disconnected(device, b.link);
    CHECK(b.bodies() == "one(locked) ");
    CHECK(b.settle(settlement::complete));
}

TEST_CASE("a delivery that is not settled in time is delivered again", "[c2d]") {
    connected_bench b(5);
    b.send("one");
    const auto first = b.link.deliveries.at(0);
    b.pass(60s);
    CHECK(b.delivered() == "one one(again) ");
    CHECK_FALSE(b.c2d().settle(device, first.lock_token, settlement::complete));
    CHECK(b.bodies() == "one(locked) ");
}

TEST_CASE("an abandoned delivery is delivered again at once, nine times", "[c2d]") {
    connected_bench b(100);
    b.send("one", feedback_wanted::full);
    while (!b.c2d().list(device).empty()) {
        const auto token = b.link.deliveries.back().lock_token;
        REQUIRE(b.c2d().settle(device, token, settlement::abandon));
    }
    CHECK(b.link.deliveries.size() == 10);
    CHECK(b.outcomes() == std::vector<std::string>{"id of one: DeliveryCountExceeded"});
}

TEST_CASE("what a device takes without settling is completed", "[c2d]") {
    connected_bench b(2);
    b.link.settles_messages = false;
    for (const char* body : {"one", "two", "three"}) {
        b.send(body, feedback_wanted::positive);
    }
    CHECK(b.delivered() == "one two ");
    CHECK(b.bodies() == "three ");
    CHECK(b.outcomes() == std::vector<std::string>{"id of one: Success", "id of two: Success"});
}

TEST_CASE("messages to inputs are not held up by those to the module itself", "[c2d]") {
    connected_bench b(5, module);
    b.link.inputs_only = true;
    const auto send_to = [&](const std::string& input, const std::string& body) {
        c2d_message m = say(body);
        m.input = input;
        REQUIRE(b.c2d().enqueue(module, m));
    };
    send_to("", "plain one");
    send_to("in", "one");
    send_to("", "plain two");
    send_to("in", "two");
    CHECK(b.delivered() == "one two ");
    b.link.inputs_only = false;
    b.c2d().online(module);
    CHECK(b.delivered() == "plain one plain two ");
}

TEST_CASE("a message expires while nobody is there, and is not delivered", "[c2d]") {
    connected_bench b(0);
    b.send("one", feedback_wanted::full);
    b.clock.advance(1h);
    b.link.room_for_messages = 1;
    b.c2d().online(device);
    CHECK(b.delivered().empty());
    CHECK(b.outcomes() == std::vector<std::string>{"id of one: Expired"});
}
