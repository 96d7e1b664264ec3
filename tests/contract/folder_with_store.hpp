#pragma once
// A data folder with a store on it, for tests of the files that hold the bytes of events.

#include <set>
#include <string>
#include <vector>

#include "contract/store_subject.hpp"
#include "support/recording_log.hpp"

namespace iothub::testing {

inline constexpr std::size_t plenty = 1 << 30;

using names = std::set<std::string>;

struct folder_with_store {
    core::store& store() { return *opened; }
    void reopen() {
        opened.reset();
        opened = open_store(folder.path(), &log);
    }
    // One block more, behind those that are there.
    void append(std::uint32_t partition, const std::string& bytes, std::uint64_t count = 1) {
        const auto state = opened->describe_partition(partition);
        opened->append_events(
            partition, make_block(state.next_sequence_number, count, state.next_offset, bytes));
    }
    void commit() { REQUIRE(opened->commit()); }
    names files() const {
        names found;
        for (const auto& one : std::filesystem::directory_iterator(folder / "telemetry")) {
            found.insert(one.path().filename().string());
        }
        return found;
    }
    std::vector<std::string> bodies(std::uint32_t partition) {
        std::vector<std::string> all;
        for (const auto& block : opened->read_events(partition, 0, plenty)) {
            all.push_back(block.bytes);
        }
        return all;
    }

    temporary_folder folder;
    test::recording_log log;
    std::unique_ptr<core::store> opened = open_store(folder.path(), &log);
};

} // namespace iothub::testing
