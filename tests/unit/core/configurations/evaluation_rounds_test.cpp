// When configurations are evaluated: in slices, over restarts, and after turns that were not kept.
#include "configuration_bench.hpp"
#include "emulator/core/configurations/evaluation_queue.hpp"
#include "support/faulty_hub.hpp"

namespace iothub::core {

namespace {

constexpr const char* sets_a_1 = R"({"deviceContent":{"properties.desired.a":1}})";

struct fleet : test::configuration_bench {
    explicit fleet(int devices) {
        for (int i = 0; i < devices; ++i) {
            create({name(i), ""});
        }
        settle();
    }

    static std::string name(int i) { return "d" + std::to_string(10'000 + i); }

    int configured() {
        int n = 0;
        for (const identity& device : store.list_devices("", 10'000)) {
            n += twin(device.key).desired.values->contains("a") ? 1 : 0;
        }
        return n;
    }
};

} // namespace

TEST_CASE("a round goes through the devices in slices", "[configurations]") {
    fleet b(5'000);
    REQUIRE(b.service().put(b.wanted("c1", sets_a_1), {}));
    b.hub.end_turn();
    b.hub.advance();
    CHECK(b.configured() > 0);
    CHECK(b.configured() <= 200);
    CHECK(b.counts("c1") == "{}");
    CHECK(b.settle() >= 25);
    CHECK(b.configured() == 5'000);
    CHECK(b.counts("c1") == R"({"targetedCount":5000,"appliedCount":5000})");
}

TEST_CASE("devices that change during a round do not wait for it", "[configurations]") {
    fleet b(1'000);
    REQUIRE(b.service().put(b.wanted("c1", sets_a_1), {}));
    b.hub.end_turn();
    b.hub.advance();
    b.create({"zzz", ""});
    b.hub.end_turn();
    CHECK(b.desired({"zzz", ""}) == R"({"a":1})");
    b.settle();
    CHECK(b.counts("c1") == R"({"targetedCount":1001,"appliedCount":1001})");
}

TEST_CASE("many devices that change at once are evaluated in slices", "[configurations]") {
    fleet b(0);
    b.add("c1", sets_a_1);
    for (int i = 0; i < 1'000; ++i) {
        b.create({fleet::name(i), ""});
    }
    b.hub.end_turn();
    CHECK(b.configured() < 200);
    b.settle();
    CHECK(b.configured() == 1'000);
}

TEST_CASE("configurations that change during a round get their own", "[configurations]") {
    fleet b(500);
    REQUIRE(b.service().put(b.wanted("c1", sets_a_1), {}));
    b.hub.end_turn();
    b.hub.advance();
    REQUIRE(b.service().put(b.wanted("c2", R"({"deviceContent":{"properties.desired.b":1}})"), {}));
    b.settle();
    CHECK(b.counts("c1") == R"({"targetedCount":500,"appliedCount":500})");
    CHECK(b.counts("c2") == R"({"targetedCount":500,"appliedCount":500})");
    CHECK(b.twin({fleet::name(0), ""}).desired.values->contains("b"));
}

TEST_CASE("a hub that starts goes on with what was not done", "[configurations]") {
    fleet b(500);
    REQUIRE(b.service().put(b.wanted("c1", sets_a_1), {}));
    b.hub.end_turn();
    b.hub.advance();
    b.hub.end_turn();
    hub again(b.store, b.clock, b.ids, b.log);
    b.settle(again);
    CHECK(b.configured() == 500);
    const auto c = again.configurations().get("c1").value();
    CHECK(again.configurations().describe(c)["systemMetrics"]["results"].dump() ==
          R"({"targetedCount":500,"appliedCount":500})");
}

TEST_CASE("a hub that starts finishes a deletion", "[configurations]") {
    fleet b(300);
    b.add("c1", sets_a_1);
    REQUIRE(b.service().remove("c1", {}));
    b.hub.end_turn();
    hub again(b.store, b.clock, b.ids, b.log);
    b.settle(again);
    CHECK(b.shown({fleet::name(299), ""}) == "{}");
    CHECK(b.store.list_records("config").empty());
}

TEST_CASE("a hub that starts and finds all well writes nothing", "[configurations]") {
    fleet b(100);
    b.add("c1", sets_a_1);
    hub again(b.store, b.clock, b.ids, b.log);
    b.settle(again);
    CHECK(again.count().commits == 0);
    CHECK(b.twin({fleet::name(0), ""}).desired.version == 2);
}

TEST_CASE_METHOD(test::faulty_hub,
                 "after a turn that was not kept evaluation rests and begins again",
                 "[configurations]") {
    test::configuration_bench b; // for its contents
    REQUIRE(h.identities().put({.key = {"d", ""}}, {}));
    REQUIRE(h.configurations().put(b.wanted("c1", sets_a_1), {}));
    h.end_turn();

    store.commits_fail = true;
    REQUIRE(h.configurations().put(b.wanted("c2", sets_a_1), {}));
    h.advance();
    h.end_turn();
    CHECK_FALSE(h.configurations().get("c2"));
    CHECK(memory.find_twin({"d", ""})->configurations->empty());
    REQUIRE(h.next_deadline());
    CHECK(*h.next_deadline() > clock.now());

    store.commits_fail = false;
    clock.advance(std::chrono::seconds(2));
    h.advance();
    h.end_turn();
    CHECK(memory.find_twin({"d", ""})->desired.values->dump() == R"({"a":1})");
}

TEST_CASE_METHOD(test::faulty_hub,
                 "a store that cannot be read is logged, and nothing goes round in circles",
                 "[configurations]") {
    test::configuration_bench b;
    REQUIRE(h.identities().put({.key = {"d", ""}}, {}));
    REQUIRE(h.configurations().put(b.wanted("c1", sets_a_1), {}));
    store.reads_fail = true;
    h.end_turn();
    h.advance();
    CHECK(log.mentions("the disk is broken"));
    CHECK((!h.next_deadline() || *h.next_deadline() > clock.now()));
    store.reads_fail = false;
    for (int i = 0; i < 3; ++i) {
        clock.advance(std::chrono::seconds(2));
        h.advance();
        h.end_turn();
    }
    CHECK(memory.find_twin({"d", ""})->desired.values->dump() == R"({"a":1})");
}

TEST_CASE("custom metrics count all pages, one reader after the other", "[configurations]") {
    fleet b(2'500);
    auto c = b.wanted("c1", sets_a_1, "");
    c.metrics = {{"all", "select deviceId from devices"}};
    REQUIRE(b.service().put(c, {}));
    int answers = 0;
    for (int i = 0; i < 2; ++i) {
        b.service().measure(b.service().list(), [&](const json& documents) {
            ++answers;
            CHECK(documents[0]["metrics"]["results"].dump() == R"({"all":2500})");
        });
    }
    CHECK(answers == 0);
    b.settle();
    CHECK(answers == 2);
}

TEST_CASE("so many may wait for custom metrics, and one more gets none", "[configurations]") {
    fleet b(1);
    auto c = b.wanted("c1", sets_a_1, "");
    c.metrics = {{"all", "select deviceId from devices"}};
    REQUIRE(b.service().put(c, {}));
    int counted = 0;
    int answers = 0;
    for (std::size_t i = 0; i < metric_counter::max_waiting + 1; ++i) {
        b.service().measure(b.service().list(), [&](const json& documents) {
            ++answers;
            counted += documents[0]["metrics"]["results"].contains("all") ? 1 : 0;
        });
    }
    CHECK(answers == 1);
    CHECK(counted == 0);
    b.settle();
    CHECK(answers == 65);
    CHECK(counted == 64);
}

TEST_CASE("a queue of evaluations takes a device once", "[configurations]") {
    evaluation_queue q;
    CHECK(q.idle());
    q.add_device("b");
    q.add_device("a");
    q.add_device("b");
    q.add_device("c");
    q.remove_device("c");
    CHECK(q.take_device() == "a");
    CHECK(q.take_device() == "b");
    CHECK_FALSE(q.take_device());
    CHECK(q.idle());
}

TEST_CASE("a queue of evaluations begins a round for those that wait", "[configurations]") {
    evaluation_queue q;
    q.add_configuration("c1");
    CHECK(q.position().empty());
    q.move_to("d5");
    q.add_configuration("c2");
    q.add_configuration("c1");
    CHECK(q.position() == "d5");
    CHECK(q.end_round() == std::set<std::string>{"c1"});
    CHECK(q.in_round());
    CHECK(q.position().empty());
    CHECK(q.end_round() == std::set<std::string>{"c1", "c2"});
    CHECK(q.idle());
}

} // namespace iothub::core
