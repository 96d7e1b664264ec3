// Events whose bytes are damaged or missing: told of once, passed over, and all others are there.
#include <limits>

#include "contract/folder_with_store.hpp"
#include "emulator/core/messaging/event_block.hpp"
#include "emulator/core/messaging/event_log.hpp"
#include "emulator/storage/sqlite/database.hpp"
#include "emulator/storage/sqlite/event_files.hpp"
#include "emulator/storage/sqlite/lost_events.hpp"
#include "support/manual_clock.hpp"

using namespace iothub;
using namespace iothub::testing;
using Catch::Matchers::Contains;

namespace {

using texts = std::vector<std::string>;

// Four blocks of three events each, in a file of 16 bytes.
struct four_blocks : folder_with_store {
    four_blocks() {
        for (const char* bytes : {"aaaa", "bbbb", "cccc", "dddd"}) {
            append(0, bytes, 3);
            commit();
        }
    }
    void overwrite(const std::string& bytes) { write_bytes(folder / "telemetry/0-0", bytes); }
    std::size_t lines() const { return log.lines().size(); }
};

// "event 0" to "event 19", a block and a second each, in partition 2.
struct twenty_events : folder_with_store {
    twenty_events() {
        core::event sent;
        for (int i = 0; events.partition_of(sent.source.device_id) != 2; ++i) {
            sent.source.device_id = "d" + std::to_string(i);
        }
        for (int i = 0; i < 20; ++i) {
            sent.body = "event " + std::to_string(i);
            events.append(sent);
            events.write_blocks();
            commit();
            events.turn_committed();
            clock.advance(std::chrono::seconds(1));
        }
    }
    // With zeroes, from the one body on through the other.
    void overwrite(const std::string& first, const std::string& last) const {
        const std::filesystem::path file = folder / "telemetry/2-0";
        std::string bytes = bytes_of(file);
        const std::size_t begin = bytes.find(first);
        const std::size_t end = bytes.find(last) + last.size();
        bytes.replace(begin, end - begin, end - begin, '\0');
        write_bytes(file, bytes);
    }

    test::manual_clock clock;
    core::event_log events{store(), clock, {.partitions = 3}};
};

std::string line_of(const std::string& numbers) {
    return "telemetry of partition 0, sequence numbers " + numbers +
           ": its bytes are missing or damaged, and readers pass over it";
}

} // namespace

TEST_CASE("a damaged block is told of once and passed over, whichever byte is another") {
    for (std::size_t at = 0; at < 16; ++at) {
        INFO(at);
        four_blocks f;
        std::string bytes = "aaaabbbbccccdddd";
        bytes[at] = 'x';
        f.overwrite(bytes);
        texts kept = {"aaaa", "bbbb", "cccc", "dddd"};
        kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(at / 4));
        CHECK(f.bodies(0) == kept);
        CHECK(f.bodies(0) == kept);
        REQUIRE(f.lines() == 1);
        const std::size_t first = at / 4 * 3;
        CHECK(f.log.last() == line_of(std::to_string(first) + " to " + std::to_string(first + 2)));
        CHECK(f.log.lines().front().level == log_level::error);
    }
}

TEST_CASE("what follows a damaged block has its own numbers, and so has what comes") {
    four_blocks f;
    f.overwrite("aaaaxxxxccccdddd");
    CHECK(f.store().read_events(0, 4, plenty).front().first_sequence_number == 6);
    CHECK(f.store().read_events(0, 3, 0).front().bytes == "cccc");
    f.append(0, "eeee", 3);
    f.commit();
    CHECK(f.store().describe_partition(0) == core::partition_state{0, 15, 20, 20});
    CHECK(f.bodies(0) == texts{"aaaa", "cccc", "dddd", "eeee"});
    f.reopen();
    CHECK(f.bodies(0) == texts{"aaaa", "cccc", "dddd", "eeee"});
    CHECK(f.lines() == 2); // each hub says so once
}

TEST_CASE("neighbours that are damaged share a line") {
    four_blocks f;
    f.overwrite("aaaaxxxxxxxxdddd");
    CHECK(f.bodies(0) == texts{"aaaa", "dddd"});
    REQUIRE(f.lines() == 1);
    CHECK(f.log.last() == line_of("3 to 8"));
}

TEST_CASE("a hole at the end, as a loss of power leaves it, is no event") {
    four_blocks f;
    f.opened.reset();
    f.overwrite("aaaabbbb" + std::string(8, '\0'));
    f.reopen();
    CHECK(f.bodies(0) == texts{"aaaa", "bbbb"});
    CHECK(f.store().read_events(0, 6, plenty).empty());
    CHECK(f.store().read_events(0, std::numeric_limits<std::uint64_t>::max(), plenty).empty());
    f.append(0, "eeee");
    f.commit();
    CHECK(f.store().read_events(0, 6, plenty).front().first_sequence_number == 12);
}

TEST_CASE("blocks that a truncated file has lost are told of at the start, or when they are read") {
    four_blocks f;
    const bool while_it_runs = GENERATE(true, false);
    if (!while_it_runs) {
        f.opened.reset();
    }
    f.overwrite("aaaabbbbcc");
    if (!while_it_runs) {
        f.reopen();
    }
    CHECK(f.bodies(0) == texts{"aaaa", "bbbb"});
    REQUIRE(f.lines() == 1);
    CHECK(f.log.last() == line_of("6 to 11"));
}

TEST_CASE("a file that is missing among others costs its events") {
    folder_with_store f;
    const std::string full(storage::event_files::max_file_bytes, 'x');
    f.append(0, full);
    f.append(0, full);
    f.append(0, "in the last file");
    f.commit();
    const bool while_it_runs = GENERATE(true, false);
    std::filesystem::remove(f.folder / "telemetry/0-1");
    if (!while_it_runs) {
        f.reopen();
    }
    CHECK(f.bodies(0) == texts{full, "in the last file"});
    CHECK(f.log.last() == line_of("1 to 1"));
    f.store().trim_events(0, 20, never);
    f.commit();
    CHECK(f.bodies(0) == texts{"in the last file"});
}

TEST_CASE("blocks of hubs that knew no checksums are read as they are") {
    four_blocks f;
    f.opened.reset();
    storage::database(f.folder / "hub.db", storage::database::access::read_write)
        .execute("UPDATE event_block SET checksum = 0 WHERE first_sequence_number < 6");
    f.overwrite("AAAABBBBCCCCdddd");
    f.reopen();
    CHECK(f.bodies(0) == texts{"AAAA", "BBBB", "dddd"});
}

TEST_CASE("events around damaged ones are found by their time, and read to the end") {
    twenty_events f;
    f.overwrite("event 7", "event 12");
    const timestamp start = f.clock.now() - std::chrono::seconds(20);
    for (std::uint64_t i = 0; i <= 20; ++i) {
        const std::uint64_t found = f.events.find_first(
            2, [&](const core::event& e) { return e.enqueued < start + std::chrono::seconds(i); });
        const auto read = f.events.read(2, found, 100);
        const std::uint64_t next = i >= 7 && i <= 12 ? 13 : i;
        CHECK(read.size() == 20 - (i < 7 ? i + 6 : next));
        CHECK((i == 20 || read.front().sequence_number == next));
    }
    CHECK(f.events.examine(2).newest->body == "event 19");
    CHECK(f.log.lines().size() == 2); // 10 to 12 by the search, then 7 to 9
}

TEST_CASE(
    "a partition whose newest events are lost has those before them, one without any is empty") {
    twenty_events f;
    const bool all_are_lost = GENERATE(false, true);
    f.overwrite(all_are_lost ? "event 0" : "event 13", "event 19");
    const auto held = f.events.examine(2);
    CHECK(held.next_sequence_number == 20);
    REQUIRE(held.newest.has_value() != all_are_lost);
    CHECK((all_are_lost || held.newest->body == "event 12"));
}

TEST_CASE("files of telemetry that cannot be opened at the start are not lost") {
    four_blocks f;
    f.opened.reset();
    std::filesystem::rename(f.folder / "telemetry", f.folder / "aside");
    write_bytes(f.folder / "telemetry", "a file in its place");
    const auto refused = storage::open_sqlite_store(f.folder.path(), storage::durability::process);
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().message, Contains("telemetry (Not a directory)"));
    std::filesystem::remove(f.folder / "telemetry");
    std::filesystem::rename(f.folder / "aside", f.folder / "telemetry");
    f.reopen();
    CHECK(f.bodies(0) == texts{"aaaa", "bbbb", "cccc", "dddd"});
    CHECK(f.lines() == 0);
}

TEST_CASE("lost events are known whatever the order they are found in, until they are trimmed") {
    storage::lost_events lost(nullptr);
    CHECK(lost.past(0, 5) == 5);
    lost.add(0, 5, 2);
    lost.add(0, 9, 1);
    lost.add(0, 7, 2);
    CHECK(lost.past(0, 4) == 4);
    CHECK(lost.past(0, 5) == 10);
    CHECK(lost.past(0, 8) == 10);
    CHECK(lost.past(0, 10) == 10);
    CHECK(lost.past(1, 5) == 5);
    lost.tell();
    lost.forget_before(0, 9);
    CHECK(lost.past(0, 5) == 5);
    CHECK(lost.past(0, 9) == 10);
    lost.forget_before(3, 9);
}
