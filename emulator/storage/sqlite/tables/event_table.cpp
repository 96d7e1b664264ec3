#include "emulator/storage/sqlite/tables/event_table.hpp"

#include <algorithm>
#include <limits>

#include "emulator/storage/partition_growth.hpp"

namespace iothub::storage {

namespace {

core::event_block read_block(const query& row) {
    return {row.number(0), row.number(1), row.number(2), row.time(3), std::string(row.bytes(4))};
}

} // namespace

event_table::event_table(database& db)
    : append_(db, "INSERT INTO event_block VALUES (?, ?, ?, ?, ?, ?)")
    , read_(db, "SELECT first_sequence_number, event_count, first_offset, enqueued, bytes"
                " FROM event_block WHERE partition_number = ?1 AND first_sequence_number >= ifnull("
                "(SELECT max(first_sequence_number) FROM event_block"
                " WHERE partition_number = ?1 AND first_sequence_number <= ?2), 0)"
                " ORDER BY first_sequence_number")
    , oldest_(db, "SELECT first_sequence_number + event_count, length(bytes), enqueued"
                  " FROM event_block WHERE partition_number = ? ORDER BY first_sequence_number")
    , remove_until_(db, "DELETE FROM event_block"
                        " WHERE partition_number = ? AND first_sequence_number < ?")
    , find_partition_(db, "SELECT first_sequence_number, next_sequence_number, next_offset, bytes"
                          " FROM event_partition WHERE partition_number = ?")
    , put_partition_(db, "INSERT OR REPLACE INTO event_partition VALUES (?, ?, ?, ?, ?)") {}

void event_table::append(std::uint32_t partition, const core::event_block& block) {
    append_.run(partition, block.first_sequence_number, block.count, block.first_offset,
                block.enqueued, blob{block.bytes});
    cached_partition& target = cached(partition);
    grow(target.state, block);
    target.changed = true;
}

std::vector<core::event_block>
event_table::read(std::uint32_t partition, std::uint64_t sequence_number, std::size_t max_bytes) {
    const auto from =
        std::min<std::uint64_t>(sequence_number, std::numeric_limits<std::int64_t>::max());
    std::vector<core::event_block> blocks;
    std::size_t bytes = 0;
    query rows(read_, partition, from);
    while (rows.next()) {
        core::event_block block = read_block(rows);
        if (block.first_sequence_number + block.count <= sequence_number) {
            continue;
        }
        bytes += block.bytes.size();
        if (!blocks.empty() && bytes > max_bytes) {
            break;
        }
        blocks.push_back(std::move(block));
    }
    return blocks;
}

void event_table::trim(std::uint32_t partition, std::uint64_t max_bytes, timestamp oldest) {
    cached_partition& target = cached(partition);
    core::partition_state trimmed = target.state;
    {
        query rows(oldest_, partition);
        while (rows.next() && (trimmed.bytes > max_bytes || rows.time(2) < oldest)) {
            shrink(trimmed, rows.number(0), rows.number(1));
        }
    }
    if (trimmed != target.state) {
        remove_until_.run(partition, trimmed.first_sequence_number);
        target = {trimmed, true};
    }
}

core::partition_state event_table::describe(std::uint32_t partition) {
    return cached(partition).state;
}

event_table::cached_partition& event_table::cached(std::uint32_t partition) {
    const auto known = partitions_.find(partition);
    if (known != partitions_.end()) {
        return known->second;
    }
    cached_partition found;
    query row(find_partition_, partition);
    if (row.next()) {
        found.state = {row.number(0), row.number(1), row.number(2), row.number(3)};
    }
    return partitions_.emplace(partition, found).first->second;
}

void event_table::prepare_commit() {
    for (auto& [number, partition] : partitions_) {
        if (partition.changed) {
            const core::partition_state& state = partition.state;
            put_partition_.run(number, state.first_sequence_number, state.next_sequence_number,
                               state.next_offset, state.bytes);
            partition.changed = false;
        }
    }
}

} // namespace iothub::storage
