#include "emulator/storage/sqlite/open_sqlite_store.hpp"
#include "index_bench.hpp"
#include "support/temporary_folder.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

constexpr int devices = index_devices;

} // namespace

TEST_CASE("property index: while it is built, traffic goes on and writes are not lost") {
    index_bench b;
    b.fill();
    b.ask(rare);
    b.ask(rare);
    for (int turn = 0; turn < 20; ++turn) {
        b.queries->advance(b.clock.now());
        b.end_turn();
    }
    CHECK(b.indexes() == "devices tags.serial building");
    CHECK(b.cost(rare) == devices);         // it is of no use yet
    b.tag("d00002", R"({"serial":"new"})"); // behind where it is
    b.tag("d05000", R"({"serial":"new"})"); // before
    b.put({"d00001x", ""});
    b.tag("d00001x", R"({"serial":"new"})");
    b.store.remove_identity({"d00007", ""});
    b.settle();
    CHECK(b.indexes() == "devices tags.serial ready");
    const std::string wanted = "SELECT deviceId FROM devices WHERE tags.serial = 'new'";
    CHECK(found(b, wanted) == "d00001x d00002 d05000");
    CHECK(b.cost(wanted) == 3);
    CHECK(found(b, rare).empty());
}

TEST_CASE("property index: it outlives a restart, and an unfinished one goes on") {
    temporary_folder folder;
    const bool on_disk = GENERATE(false, true);
    index_bench b(
        on_disk ? storage::open_sqlite_store(folder.path(), storage::durability::process).value()
                : std::make_unique<storage::memory_store>());
    b.fill();
    b.ask(rare);
    b.ask(rare);
    for (int turn = 0; turn < 20; ++turn) {
        b.queries->advance(b.clock.now());
        b.end_turn();
    }
    b.start();
    CHECK(b.indexes() == "devices tags.serial building");
    CHECK(b.queries->next_deadline() == never);
    b.settle();
    b.start();
    CHECK(b.indexes() == "devices tags.serial ready");
    CHECK(b.cost(rare) == 1);
    b.tag("d00100", R"({"serial":"s7"})");
    CHECK(found(b, rare) == "d00007 d00100");
}

TEST_CASE("property index: what a failed turn undid is not believed") {
    index_bench b;
    b.fill();
    b.ask(rare);
    b.ask(rare);
    const int failing = GENERATE(0, 1, 5, 60, 61);
    for (int turn = 0; turn < 200 && b.queries->next_deadline(); ++turn) {
        b.store.commits_fail = turn == failing;
        b.queries->advance(b.clock.now());
        b.end_turn();
        if (b.store.commits_fail) {
            CHECK(b.cost(rare) == devices);                    // nothing to rely on
            CHECK(b.queries->next_deadline() > b.clock.now()); // it rests
            b.store.commits_fail = false;
            b.clock.advance(std::chrono::minutes(2));
            b.ask(rare);
            b.ask(rare);
        }
    }
    b.settle();
    CHECK(b.indexes() == "devices tags.serial ready");
    for (const int i : {0, 7, 99, 100, 101, 599, 5999}) {
        const std::string text =
            "SELECT deviceId FROM devices WHERE tags.serial = 's" + std::to_string(i) + "'";
        CHECK(found(b, text) == b.numbered(i));
        CHECK(b.cost(text) == 1);
    }
}

TEST_CASE("property index: a write of a failed turn is undone in it, too") {
    index_bench b;
    b.fill();
    b.learn();
    b.store.commits_fail = true;
    b.tag("d00003", R"({"serial":"new"})");
    b.store.commits_fail = false;
    CHECK(found(b, "SELECT deviceId FROM devices WHERE tags.serial = 's3'") == "d00003");
    CHECK(found(b, "SELECT deviceId FROM devices WHERE tags.serial = 'new'").empty());
    b.tag("d00004", R"({"serial":"new"})"); // it is kept up again
    CHECK(found(b, "SELECT deviceId FROM devices WHERE tags.serial = 'new'") == "d00004");
    b.clock.advance(std::chrono::minutes(2));
    b.settle();
    CHECK(b.cost("SELECT deviceId FROM devices WHERE tags.serial = 'new'") == 1);
}

TEST_CASE("property index: there are sixteen, and the one unused longest gives way") {
    index_bench b;
    b.fill();
    const auto by = [](int i) {
        return "SELECT deviceId FROM devices WHERE tags.t" + std::to_string(i) + " = 1";
    };
    for (int i = 0; i < 16; ++i) {
        b.learn(by(i));
        b.clock.advance(std::chrono::seconds(1));
    }
    CHECK(b.queries->describe_indexes().size() == 16);
    b.learn(by(16));
    CHECK(b.cost(by(16)) == devices); // all are in use
    b.clock.advance(std::chrono::minutes(11));
    for (int i = 0; i < 16; ++i) {
        if (i != 5) {
            CHECK(b.cost(by(i)) == 0);
        }
    }
    b.tag("d00001", R"({"t5":1,"t16":1})");
    b.learn(by(16));
    CHECK(b.queries->describe_indexes().size() == 16);
    CHECK(b.cost(by(16)) == 1);
    CHECK(b.cost(by(5)) == devices);
    CHECK(found(b, by(5)) == "d00001");
    CHECK(b.store.find_indexed({"devices tags.t5", "n1"}, {}, 10).empty()); // nothing is left
    CHECK_FALSE(b.store.find_record("query-index/devices tags.t5"));
}

TEST_CASE("property index: a scan goes on where its index is given up meanwhile") {
    index_bench b;
    b.fill();
    b.learn("SELECT deviceId FROM devices WHERE tags.kind = 'x'");
    const auto scan = b.queries->select(core::query::parse_condition("tags.kind = 'b'").value());
    int rows = 0;
    const auto take = [&](const core::query::twin_row&) {
        ++rows;
        return true;
    };
    CHECK(scan->read(100, take));
    CHECK(rows == 100);
    b.queries->turn_failed(); // until it looks at the records again, it relies on nothing
    while (scan->read(100, take)) {
    }
    CHECK(rows == devices / 3);
}

TEST_CASE("property index: a fault of the store gives it a rest") {
    index_bench b;
    b.fill();
    b.ask(rare);
    b.ask(rare);
    b.queries->advance(b.clock.now());
    b.end_turn();
    b.store.reads_fail = true;
    CHECK_THROWS_AS(b.queries->advance(b.clock.now()), core::store_fault);
    CHECK(b.queries->next_deadline() == b.clock.now() + std::chrono::minutes(1));
    b.queries->advance(b.clock.now()); // nothing, yet
    b.store.reads_fail = false;
    b.clock.advance(std::chrono::minutes(1));
    b.settle();
    CHECK(b.indexes() == "devices tags.serial ready");
}

TEST_CASE("property index: a record that nobody understands makes way") {
    index_bench b;
    b.fill(10);
    b.store.put_record("query-index/devices tags.serial", "what is this");
    b.store.put_index_entry("devices tags.serial", {"d00001", ""}, "ss9");
    b.end_turn();
    b.start();
    CHECK(b.indexes() == "devices tags.serial leaving");
    CHECK(found(b, "SELECT deviceId FROM devices WHERE tags.serial = 's9'") == "d00009");
    b.settle();
    CHECK(b.indexes().empty());
    CHECK(b.store.list_records("query-index/").empty());
    CHECK(b.store.find_indexed({"devices tags.serial", "ss9"}, {}, 10).empty());
}
