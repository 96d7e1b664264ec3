// kill -9 at any moment: every acknowledged turn is there afterwards, and each turn whole.
#include <string>

#include "contract/child_process.hpp"
#include "contract/store_subject.hpp"

using namespace iothub;
using namespace iothub::testing;

namespace {

// Turn n leaves n in a setting, a twin and as the next sequence number. Large enough for several
// checkpoints in a round.
void write_turn(core::store& store, std::uint64_t n) {
    store.put_record("turn", std::to_string(n));
    core::twin twin = core::make_twin({"d", "m"}, at(0));
    twin.version = n;
    store.put_twin(twin);
    const core::partition_state state = store.describe_partition(0);
    store.append_events(0, make_block(n - 1, 1, state.next_offset, std::string(10'000, 'x')));
    store.trim_events(0, 1 << 20, never);
}

std::uint64_t last_turn(core::store& store) {
    return std::stoull(store.find_record("turn").value_or("0"));
}

void write_until_killed(const std::filesystem::path& folder,
                        const child_process::report& acknowledge) {
    const auto store = open_store(folder);
    for (std::uint64_t n = last_turn(*store) + 1;; ++n) {
        write_turn(*store, n);
        if (!store->commit()) {
            return;
        }
        acknowledge(n);
    }
}

// Kills the writer after `turns` acknowledgements; the last one that it gave.
std::uint64_t run_and_kill(const std::filesystem::path& folder, int turns) {
    child_process writer([&](const auto& acknowledge) { write_until_killed(folder, acknowledge); });
    std::uint64_t acknowledged = 0;
    for (int i = 0; i < turns; ++i) {
        const auto number = writer.next_report();
        REQUIRE(number);
        acknowledged = *number;
    }
    writer.kill();
    while (const auto number = writer.next_report()) {
        acknowledged = *number;
    }
    return acknowledged;
}

} // namespace

TEST_CASE("a killed hub has lost nothing that it acknowledged") {
    temporary_folder folder;
    for (const int turns : {1, 700, 40, 1500, 333}) {
        const std::uint64_t acknowledged = run_and_kill(folder.path(), turns);
        const auto store = open_store(folder.path());
        const std::uint64_t last = last_turn(*store);
        INFO(acknowledged << " acknowledged, " << last << " found");
        CHECK(last >= acknowledged);
        CHECK(last <= acknowledged + 1);
        CHECK(store->find_twin({"d", "m"})->version == last);
        CHECK(store->describe_partition(0).next_sequence_number == last);
        const auto blocks = store->read_events(0, last - 1, 1 << 30);
        REQUIRE(blocks.size() == 1);
        CHECK(blocks.front().first_sequence_number == last - 1);
    }
}
