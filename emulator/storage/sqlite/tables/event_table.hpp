#pragma once
// The events of hub.db: a row a block, whose bytes are in event_files, and a row a partition that
// outlives its blocks. The latter lags behind by some blocks, which are counted when it is read.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/checksum.hpp"
#include "emulator/core/store.hpp"
#include "emulator/storage/sqlite/event_files.hpp"
#include "emulator/storage/sqlite/lost_events.hpp"
#include "emulator/storage/sqlite/statement.hpp"

namespace iothub::storage {

// Everything throws store_fault.
class event_table {
public:
    // Blocks whose bytes a loss of power has taken are dropped, and files that no row names.
    // `watched` is told which files are open, `journal` (which may be null) what is lost.
    event_table(database& db, opened_files& watched, iothub::log* journal, const disk_calls& disk);

    void append(std::uint32_t partition, const core::event_block& block);
    // Without blocks whose bytes are not there, or not as they were written.
    std::vector<core::event_block> read(std::uint32_t partition, std::uint64_t sequence_number,
                                        std::size_t max_bytes);
    void trim(std::uint32_t partition, std::uint64_t max_bytes, timestamp oldest);
    core::partition_state describe(std::uint32_t partition);

    // Around the end of a transaction: writes what changed; removes what is no longer needed;
    // forgets what was not kept.
    void prepare_commit();
    void committed() noexcept;
    void rolled_back() { partitions_.clear(); }

private:
    static constexpr unsigned max_lag = 64; // blocks

    struct cached_partition {
        core::partition_state state;
        unsigned lag = 0;             // blocks that its row does not count
        bool trimmed = false;         // in this transaction
        std::uint64_t first_file = 0; // that is still needed
    };

    cached_partition& cached(std::uint32_t partition);
    cached_partition load(std::uint32_t partition);
    event_place& end_of(std::uint32_t partition);
    void save(std::uint32_t partition, cached_partition& what);
    std::optional<std::string> read_bytes(std::uint32_t partition, const query& row);
    void read_block(std::vector<core::event_block>& into, std::uint32_t partition,
                    const query& row);
    void tidy(std::uint32_t partition);
    void drop_lost(database& db, std::uint32_t partition);

    event_files files_;
    checksum checksum_;
    lost_events lost_;
    statement append_;
    statement read_;
    statement since_;
    statement oldest_;
    statement first_;
    statement newest_;
    statement remove_until_;
    statement remove_last_;
    statement find_partition_;
    statement put_partition_;
    std::map<std::uint32_t, cached_partition> partitions_;
    // What was written last of each partition, kept or not: a commit that failed may have left its
    // rows in the log of the database, to be found after a crash, so their bytes stay.
    std::map<std::uint32_t, event_place> ends_;
};

} // namespace iothub::storage
