#include "emulator/storage/sqlite/tables/event_table.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "emulator/storage/partition_growth.hpp"
#include "emulator/storage/sqlite/database.hpp"

namespace iothub::storage {

namespace {

constexpr int synchronous_full = 2;

std::filesystem::path folder_beside(database& db) {
    const std::filesystem::path file =
        db.text("SELECT file FROM pragma_database_list WHERE name = 'main'");
    return file.parent_path() / "telemetry";
}

// Each is one step in the table's order, however many rows it has.
std::vector<std::uint32_t> partitions_with_rows(database& db) {
    statement find(db, "SELECT min(partition_number) FROM event_block WHERE partition_number >= ?");
    std::vector<std::uint32_t> found;
    for (std::int64_t from = 0;; from = std::int64_t{found.back()} + 1) {
        query next(find, from);
        if (!next.next() || next.is_null(0)) {
            return found;
        }
        found.push_back(static_cast<std::uint32_t>(next.number(0)));
    }
}

} // namespace

// Blocks of older versions have their bytes in their rows, and no file.
event_table::event_table(database& db, opened_files& watched, iothub::log* journal,
                         const disk_calls& disk)
    : files_(folder_beside(db), db.integer("PRAGMA synchronous") >= synchronous_full, watched, disk)
    , lost_(journal)
    , append_(db, "INSERT INTO event_block VALUES (?, ?, ?, ?, ?, x'', ?, ?, ?, ?)")
    , read_(db, "SELECT first_sequence_number, event_count, first_offset, enqueued, file, position,"
                " size, bytes, checksum FROM event_block"
                " WHERE partition_number = ?1 AND first_sequence_number >= ifnull("
                "(SELECT max(first_sequence_number) FROM event_block"
                " WHERE partition_number = ?1 AND first_sequence_number <= ?2), 0)"
                " ORDER BY first_sequence_number")
    , since_(db, "SELECT first_sequence_number, event_count, first_offset, size FROM event_block"
                 " WHERE partition_number = ? AND first_sequence_number >= ?"
                 " ORDER BY first_sequence_number")
    , oldest_(db, "SELECT first_sequence_number + event_count, ifnull(size, length(bytes)),"
                  " enqueued FROM event_block WHERE partition_number = ?"
                  " ORDER BY first_sequence_number")
    , first_(db, "SELECT file, position, size, first_sequence_number FROM event_block"
                 " WHERE partition_number = ? AND file IS NOT NULL"
                 " ORDER BY first_sequence_number")
    , newest_(db, "SELECT file, position, size, first_sequence_number FROM event_block"
                  " WHERE partition_number = ? AND file IS NOT NULL"
                  " ORDER BY first_sequence_number DESC")
    , remove_until_(db, "DELETE FROM event_block"
                        " WHERE partition_number = ? AND first_sequence_number < ?")
    , remove_last_(db, "DELETE FROM event_block"
                       " WHERE partition_number = ? AND first_sequence_number >= ?")
    , find_partition_(db, "SELECT first_sequence_number, next_sequence_number, next_offset, bytes"
                          " FROM event_partition WHERE partition_number = ?")
    , put_partition_(db, "INSERT OR REPLACE INTO event_partition VALUES (?, ?, ?, ?, ?)") {
    for (const std::uint32_t partition : partitions_with_rows(db)) {
        drop_lost(db, partition);
    }
    for (const std::uint32_t partition : files_.partitions()) {
        tidy(partition);
    }
}

void event_table::append(std::uint32_t partition, const core::event_block& block) {
    cached_partition& target = cached(partition);
    event_place& end = end_of(partition);
    const event_place place = end.next(block.bytes.size());
    files_.write(partition, place, block.bytes);
    end = place;
    append_.run(partition, block.first_sequence_number, block.count, block.first_offset,
                block.enqueued, place.file, place.position, place.bytes, checksum_.of(block.bytes));
    grow(target.state, block);
    ++target.lag;
}

std::optional<std::string> event_table::read_bytes(std::uint32_t partition, const query& row) {
    if (row.is_null(4)) {
        return std::string(row.bytes(7));
    }
    auto bytes = files_.read(partition, {row.number(4), row.number(5), row.number(6)});
    const std::uint64_t written = row.number(8);
    const std::uint64_t found = bytes && written != 0 ? checksum_.of(*bytes) : 0;
    return found == 0 || found == written ? std::move(bytes) : std::nullopt;
}

void event_table::read_block(std::vector<core::event_block>& into, std::uint32_t partition,
                             const query& row) {
    if (lost_.past(partition, row.number(0)) != row.number(0)) {
        return;
    }
    if (auto bytes = read_bytes(partition, row)) {
        into.push_back(
            {row.number(0), row.number(1), row.number(2), row.time(3), *std::move(bytes)});
    } else {
        lost_.add(partition, row.number(0), row.number(1));
    }
}

std::vector<core::event_block>
event_table::read(std::uint32_t partition, std::uint64_t sequence_number, std::size_t max_bytes) {
    sequence_number = lost_.past(partition, sequence_number);
    const auto from =
        std::min<std::uint64_t>(sequence_number, std::numeric_limits<std::int64_t>::max());
    std::vector<core::event_block> blocks;
    std::size_t bytes = 0;
    query rows(read_, partition, from);
    while (rows.next()) {
        if (rows.number(0) + rows.number(1) <= sequence_number) {
            continue;
        }
        bytes += rows.is_null(4) ? rows.bytes(7).size() : rows.number(6);
        if (!blocks.empty() && bytes > max_bytes) {
            break;
        }
        read_block(blocks, partition, rows);
    }
    lost_.tell();
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
        const std::uint64_t last_file = end_of(partition).file;
        remove_until_.run(partition, trimmed.first_sequence_number);
        target.state = trimmed;
        target.trimmed = true;
        query first(first_, partition);
        target.first_file = first.next() ? first.number(0) : last_file;
    }
}

core::partition_state event_table::describe(std::uint32_t partition) {
    return cached(partition).state;
}

event_table::cached_partition& event_table::cached(std::uint32_t partition) {
    const auto known = partitions_.find(partition);
    return known != partitions_.end()
               ? known->second
               : partitions_.emplace(partition, load(partition)).first->second;
}

event_table::cached_partition event_table::load(std::uint32_t partition) {
    cached_partition found;
    if (query row(find_partition_, partition); row.next()) {
        found.state = {row.number(0), row.number(1), row.number(2), row.number(3)};
    }
    for (query rows(since_, partition, found.state.next_sequence_number); rows.next();) {
        grow(found.state, {rows.number(0), rows.number(1), rows.number(2), never, {}},
             rows.number(3));
        ++found.lag;
    }
    return found;
}

event_place& event_table::end_of(std::uint32_t partition) {
    const auto [place, is_new] = ends_.try_emplace(partition);
    if (is_new) {
        if (query row(newest_, partition); row.next()) {
            place->second = {row.number(0), row.number(1), row.number(2)};
        }
    }
    return place->second;
}

void event_table::save(std::uint32_t partition, cached_partition& what) {
    const core::partition_state& state = what.state;
    put_partition_.run(partition, state.first_sequence_number, state.next_sequence_number,
                       state.next_offset, state.bytes);
    what.lag = 0;
}

void event_table::prepare_commit() {
    for (auto& [number, partition] : partitions_) {
        if (partition.trimmed || partition.lag >= max_lag) {
            save(number, partition);
        }
    }
    files_.prepare_commit();
}

void event_table::committed() noexcept {
    for (auto& [number, partition] : partitions_) {
        if (std::exchange(partition.trimmed, false)) {
            files_.remove_before(number, partition.first_file);
            lost_.forget_before(number, partition.state.first_sequence_number);
        }
    }
}

// What the process is told to write before it is killed is there; a loss of power may have taken
// the bytes of blocks, though their rows are there: unless every commit was synced.
void event_table::drop_lost(database& db, std::uint32_t partition) {
    cached_partition kept = load(partition);
    std::uint64_t first_lost = kept.state.next_sequence_number;
    {
        query rows(newest_, partition);
        while (rows.next() &&
               files_.size(partition, rows.number(0)) < rows.number(1) + rows.number(2)) {
            first_lost = rows.number(3);
            kept.state.bytes -= rows.number(2);
        }
    }
    const std::uint64_t next = kept.state.next_sequence_number;
    if (first_lost == next) {
        return;
    }
    lost_.add(partition, first_lost, next - first_lost);
    lost_.tell();
    if (first_lost <= kept.state.first_sequence_number) {
        kept.state.first_sequence_number = next;
    }
    db.execute("BEGIN IMMEDIATE");
    save(partition, kept);
    remove_last_.run(partition, first_lost);
    db.execute("COMMIT");
}

void event_table::tidy(std::uint32_t partition) {
    query first(first_, partition);
    query last(newest_, partition);
    if (first.next() && last.next()) {
        files_.keep_only(partition, first.number(0), last.number(0));
    } else {
        files_.remove_all(partition);
    }
}

} // namespace iothub::storage
