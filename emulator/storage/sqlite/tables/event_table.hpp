#pragma once
// The events of hub.db: a row a block, and a row a partition that outlives its blocks.

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "emulator/core/store.hpp"
#include "emulator/storage/sqlite/statement.hpp"

namespace iothub::storage {

// Everything throws sqlite_error.
class event_table {
public:
    explicit event_table(database& db);

    void append(std::uint32_t partition, const core::event_block& block);
    std::vector<core::event_block> read(std::uint32_t partition, std::uint64_t sequence_number,
                                        std::size_t max_bytes);
    void trim(std::uint32_t partition, std::uint64_t max_bytes, timestamp oldest);
    core::partition_state describe(std::uint32_t partition);

    // Around the end of a transaction: writes the partitions that changed; forgets what was not
    // kept.
    void prepare_commit();
    void rolled_back() { partitions_.clear(); }

private:
    struct cached_partition {
        core::partition_state state;
        bool changed = false;
    };

    cached_partition& cached(std::uint32_t partition);

    statement append_;
    statement read_;
    statement oldest_;
    statement remove_until_;
    statement find_partition_;
    statement put_partition_;
    std::map<std::uint32_t, cached_partition> partitions_;
};

} // namespace iothub::storage
