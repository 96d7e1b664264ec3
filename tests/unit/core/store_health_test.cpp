#include "emulator/core/store_health.hpp"

#include "emulator/core/hub.hpp"
#include "support/catch.hpp"
#include "support/faulty_hub.hpp"

namespace iothub::core {

namespace {

using namespace std::chrono_literals;

struct world : test::faulty_hub {
    // A turn that has something to keep.
    void write() {
        static_cast<void>(h.identities().put({.key = {"d" + std::to_string(++number), ""}}, {}));
        h.end_turn();
    }
    // As the loop's timer does.
    void pass(ticks time) {
        clock.advance(time);
        if (h.next_deadline() && *h.next_deadline() <= clock.now()) {
            h.advance();
        }
        h.end_turn();
    }
    int number = 0;
};

} // namespace

TEST_CASE("a hub whose store keeps everything is well", "[health]") {
    world w;
    w.write();
    CHECK_FALSE(w.h.trouble());
    CHECK_FALSE(w.h.next_deadline());
    CHECK(w.memory.list_records("").empty());
}

TEST_CASE("a hub is well again as soon as its store is, without a write of anyone's", "[health]") {
    world w;
    w.store.disk_full = true;
    w.write();
    CHECK(w.h.trouble().value_or("").find("the disk is full") != std::string::npos);
    CHECK(w.h.next_deadline() == w.clock.now() + store_health::probe_pause);
    w.pass(1s);
    CHECK(w.h.trouble());
    w.store.disk_full = false;
    w.pass(500ms);
    CHECK(w.h.trouble());
    w.pass(500ms);
    CHECK_FALSE(w.h.trouble());
    CHECK_THAT(w.log.last(), Catch::Contains("kept again; turns that were lost: 1"));
}

TEST_CASE("what a hub writes to try its store is taken back", "[health]") {
    world w;
    w.store.disk_full = true;
    w.write();
    w.store.disk_full = false;
    w.pass(1s);
    CHECK(w.memory.list_records("").size() == 1);
    w.pass(1s);
    CHECK(w.memory.list_records("").empty());
}

TEST_CASE("a write of somebody's shows that the store is well, too", "[health]") {
    world w;
    w.store.disk_full = true;
    w.write();
    w.store.disk_full = false;
    w.write();
    CHECK_FALSE(w.h.trouble());
    w.pass(1s);
    CHECK(w.memory.list_records("").empty());
}

TEST_CASE("of many turns that are lost the log tells seldom, and how many", "[health]") {
    world w;
    w.store.disk_full = true;
    for (int i = 0; i < 100; ++i) {
        w.write();
    }
    REQUIRE(w.log.lines().size() == 1);
    CHECK_THAT(w.log.last(), Catch::StartsWith("a turn could not be kept: ") &&
                                 Catch::Contains("the disk is full"));
    w.clock.advance(store_health::log_pause);
    w.write();
    CHECK(w.log.lines().size() == 2);
    CHECK_THAT(w.log.last(), Catch::StartsWith("100 turns could not be kept: "));
    w.store.disk_full = false;
    w.pass(1s);
    CHECK(w.log.lines().size() == 3);
    CHECK_THAT(w.log.last(), Catch::Contains("turns that were lost: 101"));
    CHECK(w.h.count().failed_commits == 101);

    w.store.disk_full = true;
    w.write();
    CHECK_THAT(w.log.last(), Catch::StartsWith("a turn could not be kept: "));
}

TEST_CASE("a store that sees its trouble by itself is heard of when somebody asks", "[health]") {
    world w;
    w.store.seen_trouble = "hub.db is gone";
    CHECK(w.h.trouble() == "hub.db is gone");
    CHECK(w.h.trouble() == "hub.db is gone");
    REQUIRE(w.log.lines().size() == 1);
    CHECK(w.log.last() == "nothing can be kept: hub.db is gone");
    w.store.seen_trouble.reset();
    w.pass(1s);
    CHECK_FALSE(w.h.trouble());
}

} // namespace iothub::core
