// The files beside hub.db that hold the bytes of events: when they come and go, and what becomes of
// events whose bytes are not there.
#include <sys/stat.h>

#include "contract/folder_with_store.hpp"
#include "emulator/storage/opened_files.hpp"
#include "emulator/storage/sqlite/database.hpp"
#include "emulator/storage/sqlite/event_files.hpp"

using namespace iothub;
using namespace iothub::testing;
using Catch::Matchers::Contains;

namespace {

constexpr std::size_t mebibyte = 1 << 20;

} // namespace

TEST_CASE("bytes of events are in private files of their partitions") {
    folder_with_store f;
    CHECK_FALSE(std::filesystem::exists(f.folder / "telemetry"));
    f.append(0, "one");
    f.append(7, "seven");
    f.append(0, "two");
    f.commit();
    CHECK(f.files() == names{"0-0", "7-0"});
    CHECK(bytes_of(f.folder / "telemetry/0-0") == "onetwo");
    struct stat status{};
    REQUIRE(::stat((f.folder / "telemetry").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0700);
    REQUIRE(::stat((f.folder / "telemetry/7-0").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("a file that is full is followed by another, and goes with its last event") {
    folder_with_store f;
    for (int i = 0; i < 20; ++i) {
        f.append(0, std::string(mebibyte, static_cast<char>('a' + i)));
        f.commit();
    }
    CHECK(f.files() == names{"0-0", "0-1", "0-2"});
    CHECK(f.bodies(0).size() == 20);
    f.store().trim_events(0, 12 * mebibyte + 1, never);
    f.commit();
    CHECK(f.files() == names{"0-1", "0-2"});
    f.reopen();
    CHECK(f.files() == names{"0-1", "0-2"});
    CHECK(f.bodies(0).front() == std::string(mebibyte, 'i'));
    f.store().trim_events(0, 0, never);
    f.commit();
    CHECK(f.files() == names{"0-2"}); // the next event goes there
    f.reopen();
    CHECK(f.files().empty());
    f.append(0, "next");
    f.commit();
    f.reopen();
    CHECK(f.bodies(0) == std::vector<std::string>{"next"});
    CHECK(f.store().describe_partition(0).next_sequence_number == 21);
}

TEST_CASE("a block that is larger than a file has one to itself") {
    folder_with_store f;
    f.append(0, "small");
    f.append(0, std::string(storage::event_files::max_file_bytes + 1, 'x'));
    f.append(0, "small again");
    f.commit();
    CHECK(f.files() == names{"0-0", "0-1", "0-2"});
    CHECK(f.bodies(0).at(1).size() == storage::event_files::max_file_bytes + 1);
    CHECK(f.bodies(0).at(2) == "small again");
}

TEST_CASE("what a turn trimmed stays where the turn is not kept, and what it wrote does not") {
    folder_with_store f;
    for (int i = 0; i < 10; ++i) {
        f.append(0, std::string(mebibyte, 'x'));
    }
    f.commit();
    f.store().trim_events(0, 0, never);
    f.append(0, "lost");
    f.store().rollback();
    CHECK(f.bodies(0) == std::vector<std::string>(10, std::string(mebibyte, 'x')));
    f.append(0, "new");
    f.commit();
    CHECK_THAT(bytes_of(f.folder / "telemetry/0-1"), Catch::Matchers::EndsWith("lostnew"));
    f.reopen();
    CHECK(f.bodies(0).size() == 11);
    CHECK(f.bodies(0).back() == "new");
}

TEST_CASE("files that a crash has left are removed, and nothing else") {
    folder_with_store f;
    f.append(1, "kept");
    f.commit();
    for (const char* name : {"1-5", "2-0", "note.txt", "1-", "x-1", "1-2-3"}) {
        write_bytes(f.folder / "telemetry" / name, "left");
    }
    f.reopen();
    CHECK(f.files() == names{"1-0", "note.txt", "1-", "x-1", "1-2-3"});
    CHECK(f.bodies(1) == std::vector<std::string>{"kept"});
}

// A turn writes a partition's row seldom: the blocks that it does not count are counted.
TEST_CASE("a partition describes itself after any number of blocks") {
    folder_with_store f;
    for (std::uint64_t blocks = 1; blocks <= 200; ++blocks) {
        f.append(0, "12345", 2);
        f.commit();
        if (blocks % 7 == 0) {
            f.reopen();
        }
        CHECK(f.store().describe_partition(0) ==
              core::partition_state{0, 2 * blocks, 5 * blocks, 5 * blocks});
    }
    f.store().trim_events(0, 12, never);
    f.append(0, "12345", 2);
    f.commit();
    f.reopen();
    CHECK(f.store().describe_partition(0) == core::partition_state{396, 402, 1005, 15});
}

TEST_CASE("events whose bytes a loss of power has taken are gone, and their numbers with them") {
    const std::string left = GENERATE("oneTW", "one", "o", "");
    folder_with_store f;
    f.append(0, "one");
    f.append(0, "two");
    f.append(0, "three");
    f.commit();
    f.opened.reset();
    write_bytes(f.folder / "telemetry/0-0", left);
    f.reopen();
    const bool one_is_left = left.size() >= 3;
    CHECK(f.bodies(0) ==
          (one_is_left ? std::vector<std::string>{"one"} : std::vector<std::string>()));
    CHECK(f.store().describe_partition(0) ==
          core::partition_state{one_is_left ? 0U : 3U, 3, 11, one_is_left ? 3U : 0U});
    f.append(0, "four");
    f.commit();
    f.reopen();
    CHECK(f.bodies(0).back() == "four");
    CHECK(f.store().describe_partition(0).next_sequence_number == 4);
}

TEST_CASE("where the files are gone as a whole, the hub starts without those events") {
    folder_with_store f;
    f.append(0, "one");
    f.append(5, "two");
    f.commit();
    f.opened.reset();
    std::filesystem::remove_all(f.folder / "telemetry");
    f.reopen();
    for (const std::uint32_t partition : {0U, 5U}) {
        CHECK(f.bodies(partition).empty());
        CHECK(f.store().describe_partition(partition).next_sequence_number == 1);
        f.append(partition, "new");
    }
    f.commit();
    CHECK(f.bodies(5) == std::vector<std::string>{"new"});
}

TEST_CASE("a turn is refused while a file of events is not where it was") {
    temporary_folder folder;
    storage::opened_files watched(std::chrono::milliseconds(0));
    storage::event_files files(folder / "telemetry", false, watched);
    files.write(3, {0, 0, 3}, "one");
    files.write(4, {0, 0, 3}, "two");
    files.write(4, {1, 0, 5}, "three");
    std::filesystem::remove(folder / "telemetry/4-0");
    CHECK_FALSE(watched.fault());
    std::filesystem::rename(folder / "telemetry/4-1", folder / "telemetry/kept");
    CHECK_THAT(watched.fault().value_or(""), Contains("telemetry/4-1 is gone"));
    std::filesystem::rename(folder / "telemetry/kept", folder / "telemetry/4-1");
    CHECK_FALSE(watched.fault());
    std::filesystem::rename(folder / "telemetry", folder / "elsewhere");
    CHECK_THAT(watched.fault().value_or(""), Contains("telemetry is gone"));
}

TEST_CASE("a folder that takes the place of the hub's is left alone") {
    folder_with_store f;
    f.append(0, "one");
    f.commit();
    std::filesystem::rename(f.folder / "telemetry", f.folder / "elsewhere");
    std::filesystem::create_directory(f.folder / "telemetry");
    f.append(1, "two");
    f.commit(); // within the second until it looks again
    CHECK(std::filesystem::is_empty(f.folder / "telemetry"));
    CHECK(bytes_of(f.folder / "elsewhere/1-0") == "two");
    CHECK(f.bodies(1) == std::vector<std::string>{"two"});
}

TEST_CASE("a turn fails where no file can be made, and the next is kept when one can") {
    folder_with_store f;
    write_bytes(f.folder / "telemetry", "a file");
    f.append(0, "one");
    const auto committed = f.store().commit();
    REQUIRE_FALSE(committed);
    CHECK_THAT(committed.error().detail, Contains("cannot open"));
    CHECK(f.store().describe_partition(0) == core::partition_state{});
    std::filesystem::remove(f.folder / "telemetry");
    f.append(0, "one");
    f.commit();
    CHECK(f.bodies(0) == std::vector<std::string>{"one"});
}

TEST_CASE("blocks of older hubs have their bytes in their rows, before those in files") {
    folder_with_store f;
    f.opened.reset();
    storage::database(f.folder / "hub.db", storage::database::access::read_write)
        .execute("INSERT INTO event_block VALUES (0, 0, 2, 0, 0, x'6f6c64', NULL, NULL, NULL, 0);"
                 "INSERT INTO event_partition VALUES (0, 0, 2, 3, 3)");
    f.reopen();
    f.append(0, "new");
    f.commit();
    f.reopen();
    CHECK(f.bodies(0) == std::vector<std::string>{"old", "new"});
    CHECK(f.store().describe_partition(0) == core::partition_state{0, 3, 6, 6});
    CHECK(f.store().read_events(0, 0, 3).size() == 1);
    f.store().trim_events(0, 3, never);
    f.commit();
    CHECK(f.bodies(0) == std::vector<std::string>{"new"});
}

TEST_CASE("events are kept with synced commits, too") {
    temporary_folder folder;
    for (std::uint64_t turn = 0; turn < 3; ++turn) {
        auto opened = storage::open_sqlite_store(folder.path(), storage::durability::power);
        REQUIRE(opened);
        (*opened)->append_events(0, make_block(turn, 1, turn * 4, "sync"));
        REQUIRE((*opened)->commit());
        CHECK((*opened)->read_events(0, 0, plenty).size() == turn + 1);
    }
}
