// Where readers find their place: by a property of events that grows, over many blocks.

#include "emulator/core/messaging/event_log.hpp"
#include "emulator/storage/memory_store.hpp"
#include "support/catch.hpp"
#include "support/manual_clock.hpp"

using namespace std::chrono_literals;

namespace iothub::core {

namespace {

struct world {
    test::manual_clock clock;
    storage::memory_store store;
    event_log log{store, clock, {.partitions = 1}};

    // A turn with that many events, a second each.
    void turn(int events) {
        for (int i = 0; i < events; ++i) {
            event e;
            e.source = {"d", ""};
            e.body = std::string(10, 'x');
            log.append(std::move(e));
            clock.advance(1s);
        }
        log.write_blocks();
        REQUIRE(store.commit());
        log.turn_committed();
    }
    std::uint64_t by_offset(std::uint64_t first) {
        return log.find_first(0, [&](const event& e) { return e.offset < first; });
    }
    std::uint64_t by_time(timestamp first) {
        return log.find_first(0, [&](const event& e) { return e.enqueued < first; });
    }
};

} // namespace

TEST_CASE("an empty partition has its place at the next event", "[events]") {
    world w;
    CHECK(w.by_offset(0) == 0);
    w.turn(3);
    w.log.clear();
    w.turn(0);
    CHECK(w.by_offset(0) == 3);
    const auto found = w.log.examine(0);
    CHECK(found.first_sequence_number == 3);
    CHECK(found.next_sequence_number == 3);
    CHECK(found.next_offset > 0);
    CHECK_FALSE(found.newest);
}

TEST_CASE("every event is found by its offset and its time, in blocks of any size", "[events]") {
    world w;
    const timestamp start = w.clock.now();
    for (const int events : {1, 5, 1, 1, 20, 2, 1, 7}) {
        w.turn(events);
    }
    const auto all = w.log.read(0, 0, 1000);
    REQUIRE(all.size() == 38);
    for (const event& e : all) {
        CHECK(w.by_offset(e.offset) == e.sequence_number);
        CHECK(w.by_offset(e.offset + 1) == e.sequence_number + 1);
        CHECK(w.by_time(e.enqueued) == e.sequence_number);
        CHECK(w.by_time(e.enqueued + ticks(1)) == e.sequence_number + 1);
    }
    CHECK(w.by_time(start - 1h) == 0);
    CHECK(w.by_time(w.clock.now()) == 38);
}

TEST_CASE("places are found in what is left", "[events]") {
    world w;
    for (int i = 0; i < 10; ++i) {
        w.turn(3);
    }
    const auto before = w.log.read(0, 0, 1000);
    w.store.trim_events(0, w.store.describe_partition(0).bytes / 2, never);
    REQUIRE(w.store.commit());
    event_log log{w.store, w.clock, {.partitions = 1}};
    const auto place = [&](std::uint64_t first) {
        return log.find_first(0, [&](const event& e) { return e.offset < first; });
    };
    CHECK(place(0) == 15);
    CHECK(place(before[14].offset) == 15);
    CHECK(place(before[15].offset) == 15);
    CHECK(place(before[16].offset) == 16);
}

TEST_CASE("what a partition holds is without what is too old", "[events]") {
    world w;
    w.turn(2);
    w.clock.advance(23h);
    w.turn(3);
    auto found = w.log.examine(0);
    CHECK(found.first_sequence_number == 0);
    CHECK(found.next_sequence_number == 5);
    REQUIRE(found.newest);
    CHECK(found.newest->sequence_number == 4);
    w.clock.advance(1h);
    found = w.log.examine(0);
    CHECK(found.first_sequence_number == 2);
    CHECK(found.newest);
    w.clock.advance(24h);
    found = w.log.examine(0);
    CHECK(found.first_sequence_number == 5);
    CHECK_FALSE(found.newest);
}

} // namespace iothub::core
