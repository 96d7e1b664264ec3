// A disk that fails at any one of the operations of a turn: the turn is kept whole or refused and
// undone whole, the store goes on when the disk does, and a hub that is killed then finds the same.

#include <limits>

#include "contract/store_snapshot.hpp"
#include "contract/store_subject.hpp"
#include "durability/faulty_disk.hpp"

using namespace iothub;
using namespace iothub::testing;

namespace {

constexpr std::int64_t once = 1;
constexpr std::int64_t for_good = std::numeric_limits<std::int64_t>::max();

std::unique_ptr<core::store> open_lasting(const std::filesystem::path& folder) {
    auto opened = storage::open_sqlite_store(folder, storage::durability::power, nullptr,
                                             disk_faults::calls());
    if (!opened) {
        throw std::runtime_error(opened.error().message);
    }
    return std::move(*opened);
}

void append_event(core::store& store, std::uint32_t partition) {
    const core::partition_state state = store.describe_partition(partition);
    store.append_events(partition,
                        make_block(state.next_sequence_number, 1, state.next_offset, "event"));
}

// Every kind of write, over several pages; of odd and even numbers to files of their own.
void write_turn(core::store& store, int number) {
    const std::string id = "device-" + std::to_string(number);
    core::twin twin = core::make_twin({id, ""}, at(number));
    twin.tags = json{{"filling", std::string(9000, 'x')}};
    const auto sequence_number = static_cast<std::uint64_t>(number);
    store.put_identity(make_identity(id));
    store.put_twin(twin);
    append_event(store, 0);
    append_event(store, 1 + sequence_number % 2);
    store.put_message({id, ""}, make_message(sequence_number, "body"));
    store.append_feedback(make_feedback(id), 100);
    store.put_record("last", id);
    store.put_index_entry("i", {id, ""}, "a");
}

// What a hub would find that begins with the files as they are now.
store_snapshot after_kill(const std::filesystem::path& folder) {
    const temporary_folder copy;
    for (const char* name : {"hub.db", "hub.db-wal"}) {
        std::filesystem::copy(folder / name, copy / name);
    }
    std::filesystem::copy(folder / "telemetry", copy / "telemetry");
    const auto store = open_lasting(copy.path());
    return take_snapshot(*store);
}

// With two turns on a healthy disk.
store_snapshot both_turns() {
    const temporary_folder folder;
    const auto store = open_lasting(folder.path());
    write_turn(*store, 1);
    write_turn(*store, 2);
    REQUIRE(store->commit());
    store_snapshot snapshot = take_snapshot(*store);
    return snapshot;
}

// A turn during which the disk fails. One that was refused because its log could not be
// synchronised stands in the log until the next one overwrites it: a hub that is killed before that
// has it, whole. False where the disk did not fail.
bool fail_in_turn(faulty_disk& disk, disk_operation kind, std::int64_t nth,
                  std::int64_t how_often) {
    temporary_folder folder;
    const auto store = open_lasting(folder.path());
    write_turn(*store, 1);
    REQUIRE(store->commit());
    const store_snapshot before = take_snapshot(*store);

    disk.order(kind, nth, how_often);
    bool kept = false;
    try {
        write_turn(*store, 2);
        kept = bool(store->commit());
    } catch (const core::store_fault&) {
        store->rollback();
    }
    const bool failed = disk.faults() != 0;
    disk.heal();
    const store_snapshot after = take_snapshot(*store);
    INFO("fault " << nth << " of kind " << static_cast<int>(kind) << ", kept: " << kept);
    CHECK((after == before) == !kept);
    CHECK(kept == store->find_identity({"device-2", ""}).has_value());
    const store_snapshot found = after_kill(folder.path());
    CHECK((found == after || (kind == disk_operation::sync && found == both_turns())));

    write_turn(*store, 3);
    REQUIRE(store->commit());
    CHECK(store->find_identity({"device-2", ""}).has_value() == kept);
    CHECK(after_kill(folder.path()) == take_snapshot(*store));
    return failed;
}

} // namespace

TEST_CASE("a turn in which the disk fails is kept whole or undone whole") {
    faulty_disk disk;
    const auto kind =
        GENERATE(disk_operation::open, disk_operation::read, disk_operation::write,
                 disk_operation::short_write, disk_operation::sync, disk_operation::truncate);
    const std::int64_t how_often = GENERATE(once, for_good);
    std::int64_t nth = 1;
    while (fail_in_turn(disk, kind, nth, how_often)) {
        ++nth;
    }
    CAPTURE(static_cast<int>(kind));
    CHECK((nth == 1) == (kind == disk_operation::read || kind == disk_operation::truncate));
}

TEST_CASE("a store whose disk fails as it closes has lost nothing") {
    faulty_disk disk;
    const auto kind = GENERATE(disk_operation::read, disk_operation::write, disk_operation::sync,
                               disk_operation::truncate);
    for (std::int64_t nth = 1; nth <= 12; ++nth) {
        temporary_folder folder;
        auto store = open_lasting(folder.path());
        write_turn(*store, 1);
        REQUIRE(store->commit());
        const store_snapshot before = take_snapshot(*store);
        disk.order(kind, nth, for_good);
        store.reset();
        disk.heal();
        CHECK(take_snapshot(*open_lasting(folder.path())) == before);
    }
}

TEST_CASE("a read that the disk fails is a fault, and the next one finds everything") {
    faulty_disk disk;
    temporary_folder folder;
    {
        const auto store = open_lasting(folder.path());
        for (int number = 1; number <= 50; ++number) {
            write_turn(*store, number);
        }
        REQUIRE(store->commit());
    }
    const auto store = open_lasting(folder.path());
    disk.order(disk_operation::read, 1, once);
    CHECK_THROWS_AS(store->find_twin({"device-40", ""}), core::store_fault);
    CHECK(store->find_twin({"device-40", ""}).has_value());
    disk.order(disk_operation::read, 1, for_good);
    CHECK_THROWS_AS(take_snapshot(*store), core::store_fault);
    disk.heal();
    CHECK(take_snapshot(*store).counts.devices == 50);
}

TEST_CASE("a database that cannot be read at the start is refused, and opens when it can") {
    faulty_disk disk;
    temporary_folder folder;
    {
        const auto store = open_lasting(folder.path());
        write_turn(*store, 1);
        REQUIRE(store->commit());
    }
    const std::string before = bytes_of(folder / "hub.db");
    std::int64_t nth = 1;
    for (bool opened = false; !opened; ++nth) {
        disk.order(disk_operation::read, nth, for_good);
        opened = bool(storage::open_sqlite_store(folder.path(), storage::durability::power));
        disk.heal();
        CHECK(bytes_of(folder / "hub.db") == before);
    }
    CHECK(nth > 3);
    CHECK(open_lasting(folder.path())->find_identity({"device-1", ""}).has_value());
}
