// The bounds of the event log: size and age.
#include <algorithm>

#include "emulator/core/messaging/event_log.hpp"
#include "emulator/storage/memory_store.hpp"
#include "support/catch.hpp"
#include "support/manual_clock.hpp"

namespace iothub::core {

namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t max_bytes = 80'000;

struct world {
    test::manual_clock clock;
    storage::memory_store store;
    event_log log{
        store, clock, {.partitions = 1, .max_partition_bytes = max_bytes, .retention = 24h}};

    // One turn with one event of about `size` bytes.
    void send(std::size_t size, bool commits = true) {
        event e;
        e.source = {"d", ""};
        e.body = std::string(size, 'x');
        log.append(e);
        log.write_blocks();
        if (commits) {
            REQUIRE(store.commit());
            log.turn_committed();
        } else {
            store.rollback();
            log.turn_failed();
        }
    }
};

} // namespace

TEST_CASE("a partition never grows more than an eighth beyond its bound", "[events]") {
    world w;
    for (int i = 0; i < 50; ++i) {
        w.send(9'000);
        CHECK(w.log.describe(0).bytes <= max_bytes + max_bytes / 8);
    }
    const partition_state state = w.log.describe(0);
    CHECK(state.bytes > max_bytes / 2);
    CHECK(state.next_sequence_number == 50);
    CHECK(state == w.store.describe_partition(0));
}

TEST_CASE("trimming drops the oldest events and keeps the newest", "[events]") {
    world w;
    for (int i = 0; i < 50; ++i) {
        w.send(9'000);
    }
    const auto events = w.log.read(0, 0, 100);
    REQUIRE_FALSE(events.empty());
    CHECK(events.front().sequence_number > 0);
    CHECK(events.front().sequence_number == w.log.describe(0).first_sequence_number);
    CHECK(events.back().sequence_number == 49);
}

TEST_CASE("a turn that trims and fails leaves everything as it was", "[events]") {
    world w;
    while (w.log.describe(0).bytes + 9'100 <= max_bytes + max_bytes / 8) {
        w.send(9'000);
    }
    const partition_state before = w.log.describe(0);
    w.send(9'000, false);
    CHECK(w.log.describe(0) == before);
    CHECK(w.log.read(0, 0, 100).size() == before.next_sequence_number);
    w.send(9'000);
    CHECK(w.log.describe(0).next_sequence_number == before.next_sequence_number + 1);
    CHECK(w.log.describe(0).first_sequence_number > 0);
}

TEST_CASE("numbers go on when everything has been trimmed", "[events]") {
    world w;
    w.send(10);
    w.send(200'000); // larger than the bound by itself
    w.send(10);
    CHECK(w.log.describe(0).next_sequence_number == 3);
    const auto events = w.log.read(0, 0, 10);
    REQUIRE(events.size() == 1);
    CHECK(events[0].sequence_number == 2);
}

TEST_CASE("events older than the retention are not read", "[events]") {
    world w;
    w.send(10);
    w.clock.advance(23h);
    w.send(10);
    CHECK(w.log.read(0, 0, 10).size() == 2);
    w.clock.advance(1h);
    CHECK(w.log.read(0, 0, 10).size() == 2);
    w.clock.advance(ticks{1});
    const auto events = w.log.read(0, 0, 10);
    REQUIRE(events.size() == 1);
    CHECK(events[0].sequence_number == 1);
}

TEST_CASE("of events that share a block, only the old ones are not read", "[events]") {
    test::manual_clock clock;
    storage::memory_store store;
    event_log log(store, clock, {.partitions = 1, .retention = 24h});
    for (int turn = 0; turn < 2; ++turn) {
        for (int i = 0; i < 3; ++i) {
            event e;
            e.source = {"d", ""};
            log.append(e);
            clock.advance(1h);
        }
        log.write_blocks();
        REQUIRE(store.commit());
        log.turn_committed();
    }
    clock.advance(24h - 6h + 1h + ticks{1}); // two are too old
    for (const std::size_t limit : {1U, 2U, 3U, 9U}) {
        const auto events = log.read(0, 0, limit);
        REQUIRE(events.size() == std::min<std::size_t>(limit, 4));
        CHECK(events.front().sequence_number == 2);
        CHECK(events.back().sequence_number == 1 + events.size());
    }
    CHECK(log.read(0, 0, 0).empty());
}

TEST_CASE("a reader gets past old events, however many there are", "[events]") {
    test::manual_clock clock;
    storage::memory_store store;
    event_log log(store, clock, {.partitions = 1});
    const auto send = [&] {
        event e;
        e.source = {"d", ""};
        e.body = std::string(200'000, 'x');
        log.append(e);
        log.write_blocks();
        REQUIRE(store.commit());
        log.turn_committed();
    };
    for (int i = 0; i < 30; ++i) {
        send();
    }
    clock.advance(25h);
    send();
    const auto events = log.read(0, 0, 10);
    REQUIRE(events.size() == 1);
    CHECK(events[0].sequence_number == 30);
}

} // namespace iothub::core
