#include "emulator/core/messaging/event_log.hpp"

#include <set>

#include "emulator/storage/memory_store.hpp"
#include "support/catch.hpp"
#include "support/manual_clock.hpp"

namespace iothub::core {

namespace {

event message(const std::string& device, const std::string& body) {
    event e;
    e.source = {device, ""};
    e.body = body;
    return e;
}

struct world {
    test::manual_clock clock;
    storage::memory_store store;
    event_log log{store, clock, {}};
    std::uint32_t p = log.partition_of("d");

    void commit() {
        log.write_blocks();
        REQUIRE(store.commit());
        log.turn_committed();
    }
    void fail() {
        log.write_blocks();
        store.rollback();
        log.turn_failed();
    }
    void send(const std::string& body) {
        log.append(message("d", body));
        commit();
    }
    std::vector<std::string> bodies(std::uint64_t from = 0, std::size_t limit = 1000) {
        std::vector<std::string> read;
        for (const event& e : log.read(p, from, limit)) {
            read.push_back(e.body);
        }
        return read;
    }
};

using texts = std::vector<std::string>;

} // namespace

TEST_CASE("to begin anew, events of partitions that there are no longer go as well", "[events]") {
    world w;
    const auto commit = [&](event_log& log) {
        log.write_blocks();
        REQUIRE(w.store.commit());
        log.turn_committed();
    };
    event_log many(w.store, w.clock, {.partitions = 32});
    for (int i = 0; i < 200; ++i) {
        many.append(message("d" + std::to_string(i), "a"));
    }
    commit(many);
    event_log few(w.store, w.clock, {.partitions = 2});
    few.clear();
    commit(few);
    event_log again(w.store, w.clock, {.partitions = 32});
    for (std::uint32_t i = 0; i < 32; ++i) {
        CHECK(again.describe(i).bytes == 0);
        CHECK(again.describe(i).next_sequence_number == many.describe(i).next_sequence_number);
    }
}

TEST_CASE("events last from the end of their turn", "[events]") {
    world w;
    w.log.append(message("d", "a"));
    CHECK(w.bodies().empty());
    CHECK(w.log.describe(w.p).next_sequence_number == 0);
    w.commit();
    CHECK(w.bodies() == texts{"a"});
    CHECK(w.log.describe(w.p).next_sequence_number == 1);
}

TEST_CASE("sequence numbers have no gaps and offsets grow, over turns", "[events]") {
    world w;
    w.log.append(message("d", "a"));
    w.log.append(message("d", "bb"));
    w.commit();
    w.send("ccc");
    const auto events = w.log.read(w.p, 0, 10);
    REQUIRE(events.size() == 3);
    for (std::size_t i = 0; i < events.size(); ++i) {
        CHECK(events[i].sequence_number == i);
        CHECK((i == 0 ? events[i].offset == 0 : events[i].offset > events[i - 1].offset));
    }
    CHECK(w.log.describe(w.p).next_offset > events[2].offset);
}

TEST_CASE("an event gets the time of its arrival, whatever it says itself", "[events]") {
    world w;
    event e = message("d", "a");
    e.enqueued = never;
    e.offset = 77;
    e.sequence_number = 77;
    w.log.append(e);
    w.clock.advance(std::chrono::seconds(1));
    w.commit();
    const auto events = w.log.read(w.p, 0, 1);
    REQUIRE(events.size() == 1);
    CHECK(events[0].enqueued == w.clock.now() - std::chrono::seconds(1));
    CHECK(events[0].offset == 0);
    CHECK(events[0].sequence_number == 0);
}

TEST_CASE("a device always has the same partition, on every machine", "[events]") {
    world w;
    CHECK(w.log.partition_of("") == 14695981039346656037ULL % 4);
    CHECK(w.log.partition_of("a") == 0xaf63dc4c8601ec8cULL % 4);
    CHECK(w.log.partition_of("foobar") == 0x85944171f73967e8ULL % 4);
}

TEST_CASE("a module's events go to its device's partition", "[events]") {
    world w;
    event e = message("d", "from the module");
    e.source.module_id = "m";
    w.log.append(e);
    w.commit();
    CHECK(w.bodies() == texts{"from the module"});
}

TEST_CASE("devices are spread over all partitions", "[events]") {
    world w;
    std::set<std::uint32_t> used;
    for (int i = 0; i < 100; ++i) {
        used.insert(w.log.partition_of("device" + std::to_string(i)));
    }
    CHECK(used == std::set<std::uint32_t>{0, 1, 2, 3});
}

TEST_CASE("a failed turn takes its events back and their numbers are given again", "[events]") {
    world w;
    w.send("kept");
    const partition_state before = w.log.describe(w.p);
    w.log.append(message("d", "lost"));
    w.log.append(message("d", "lost too"));
    w.fail();
    CHECK(w.log.describe(w.p) == before);
    CHECK(w.bodies() == texts{"kept"});
    w.send("next");
    const auto events = w.log.read(w.p, 0, 10);
    REQUIRE(events.size() == 2);
    CHECK(events[1].sequence_number == 1);
    CHECK(events[1].offset == before.next_offset);
}

TEST_CASE("events of a turn that failed before they reached the store are not kept later",
          "[events]") {
    world w;
    w.log.append(message("d", "lost"));
    w.log.turn_failed();
    w.commit();
    CHECK(w.bodies().empty());
    CHECK(w.log.describe(w.p) == partition_state{});
}

TEST_CASE("events are read from a position, inside a block too", "[events]") {
    world w;
    for (const auto* body : {"0", "1", "2"}) {
        w.log.append(message("d", body));
    }
    w.commit();
    w.send("3");
    CHECK(w.bodies(1) == texts{"1", "2", "3"});
    CHECK(w.bodies(3) == texts{"3"});
    CHECK(w.bodies(4).empty());
    CHECK(w.bodies(1, 2) == texts{"1", "2"});
    CHECK(w.bodies(0, 0).empty());
}

TEST_CASE("a partition does not show the events of another", "[events]") {
    world w;
    w.send("a");
    for (std::uint32_t other = 0; other < w.log.partitions(); ++other) {
        CHECK(w.log.read(other, 0, 10).size() == (other == w.p ? 1 : 0));
    }
}

TEST_CASE("numbers go on after a restart on the same store", "[events]") {
    world w;
    w.send("a");
    w.send("b");
    event_log again(w.store, w.clock, {});
    CHECK(again.describe(w.p) == w.log.describe(w.p));
    again.append(message("d", "c"));
    again.write_blocks();
    REQUIRE(w.store.commit());
    again.turn_committed();
    const auto events = again.read(w.p, 0, 10);
    REQUIRE(events.size() == 3);
    CHECK(events[2].sequence_number == 2);
    CHECK(events[2].offset > events[1].offset);
}

TEST_CASE("all properties of an event last", "[events]") {
    world w;
    event e = message("d", "body");
    e.source.module_id = "m";
    e.generation_id = "g";
    e.auth_method = "{}";
    e.system_properties = {{"message-id", "1"}};
    e.application_properties = {{"k", std::nullopt}};
    w.log.append(e);
    w.commit();
    e.enqueued = w.clock.now();
    CHECK(w.log.read(w.p, 0, 1) == std::vector{e});
}

namespace {

struct counting_watcher final : event_log::watcher {
    void events_kept() override { ++times; }
    int times = 0;
};

} // namespace

TEST_CASE("who watches is told after each commit that kept events", "[events]") {
    world w;
    const auto one = std::make_shared<counting_watcher>();
    w.log.watch(one);
    w.log.watch(std::make_shared<counting_watcher>()); // is gone already
    w.log.append(message("d", "a"));
    w.log.append(message("e", "b"));
    CHECK(one->times == 0);
    w.commit();
    CHECK(one->times == 1);
    w.commit();
    CHECK(one->times == 1);
    w.log.append(message("d", "c"));
    w.fail();
    w.commit();
    CHECK(one->times == 1);
}

TEST_CASE("what is cleared is gone, and the numbers go on", "[events]") {
    world w;
    w.send("a");
    const auto before = w.log.describe(w.p);
    w.log.append(message("d", "of the same turn"));
    w.log.clear();
    w.log.append(message("d", "after"));
    w.commit();
    CHECK(w.bodies() == texts{"after"});
    CHECK(w.log.read(w.p, 0, 10).front().sequence_number == 2);
    CHECK(w.log.read(w.p, 0, 10).front().offset > before.next_offset);
}

TEST_CASE("what was cleared in a turn that was not kept is there", "[events]") {
    world w;
    w.send("a");
    w.log.clear();
    w.fail();
    CHECK(w.bodies() == texts{"a"});
    w.send("b");
    CHECK(w.bodies() == texts{"a", "b"});
}

} // namespace iothub::core
