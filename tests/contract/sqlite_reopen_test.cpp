// What is there after the store was closed, or its process was gone, and opened again.
#include "contract/store_snapshot.hpp"
#include "contract/store_subject.hpp"

using namespace iothub;
using namespace iothub::testing;

namespace {

void write_turn(core::store& store, const std::string& device) {
    store.put_identity(make_identity(device));
    store.put_identity(make_identity(device, "m"));
    store.put_twin(core::make_twin({device, "m"}, at(0)));
    const core::partition_state state = store.describe_partition(1);
    store.append_events(1, make_block(state.next_sequence_number, 3, state.next_offset, "bytes"));
    store.put_message({device, "m"}, make_message(1, "to " + device));
    store.append_feedback(make_feedback("of " + device, device), 100);
    store.put_record("one", device);
}

} // namespace

TEST_CASE("a reopened store has everything that was committed and nothing else") {
    temporary_folder folder;
    store_snapshot kept;
    {
        const auto store = open_store(folder.path());
        write_turn(*store, "a");
        write_turn(*store, "b");
        REQUIRE(store->commit());
        store->trim_events(1, 5, never);
        REQUIRE(store->commit());
        kept = take_snapshot(*store);
        write_turn(*store, "c");
    }
    const auto store = open_store(folder.path());
    CHECK(take_snapshot(*store) == kept);
    CHECK(kept.counts == core::identity_counts{2, 2, 2});
    CHECK(kept.partitions[1] == core::partition_state{3, 6, 10, 5});
}

TEST_CASE("a store whose process is gone has everything from its log") {
    temporary_folder folder;
    temporary_folder crashed;
    const auto store = open_store(folder.path());
    write_turn(*store, "a");
    REQUIRE(store->commit());
    const store_snapshot kept = take_snapshot(*store);
    write_turn(*store, "b");
    for (const char* name : {"hub.db", "hub.db-wal", "telemetry"}) {
        std::filesystem::copy(folder / name, crashed / name);
    }
    store->rollback();
    CHECK(take_snapshot(*open_store(crashed.path())) == kept);
}

TEST_CASE("the next numbers of a trimmed partition outlive the process") {
    temporary_folder folder;
    {
        const auto store = open_store(folder.path());
        write_turn(*store, "a");
        store->trim_events(1, 0, never);
        REQUIRE(store->commit());
    }
    const auto store = open_store(folder.path());
    CHECK(store->describe_partition(1).next_sequence_number == 3);
    CHECK(store->describe_partition(1).next_offset == 5);
}

TEST_CASE("a store that survives loss of power opens, commits and reopens") {
    temporary_folder folder;
    {
        auto store = storage::open_sqlite_store(folder.path(), storage::durability::power).value();
        write_turn(*store, "a");
        REQUIRE(store->commit());
    }
    CHECK(open_store(folder.path())->find_identity({"a", "m"}));
}

// Nothing but the checkpointer writes to hub.db while the store is open.
TEST_CASE("the log moves into the database while the store is at work") {
    temporary_folder folder;
    const auto store = open_store(folder.path());
    const auto size = [&] { return std::filesystem::file_size(folder / "hub.db"); };
    const std::string bytes(64 << 10, 'x');
    std::uint64_t turns = 0;
    while (size() < (2 << 20) && turns < 5'000) {
        store->put_record("record-" + std::to_string(turns % 100), bytes);
        REQUIRE(store->commit());
        ++turns;
    }
    CHECK(size() >= (2 << 20));
}
