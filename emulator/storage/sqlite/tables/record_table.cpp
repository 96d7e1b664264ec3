#include "emulator/storage/sqlite/tables/record_table.hpp"

#include <algorithm>

namespace iothub::storage {

namespace {

// Behind every text in UTF-8 that begins with the prefix, and before every other that is greater.
std::string end_of(std::string_view prefix) {
    return std::string(prefix) + '\xff';
}

} // namespace

record_table::record_table(database& db)
    : find_(db, "SELECT value FROM setting WHERE name = ?")
    , put_(db, "INSERT OR REPLACE INTO setting VALUES (?, ?)")
    , remove_(db, "DELETE FROM setting WHERE name = ?")
    , remove_range_(db, "DELETE FROM setting WHERE name >= ? AND name < ?")
    , list_from_(db, "SELECT name, value FROM setting WHERE name >= ? AND name < ?"
                     " AND name <> ? ORDER BY name LIMIT ?") {}

std::optional<std::string> record_table::find(std::string_view name) {
    query row(find_, name);
    return row.next() ? std::optional(std::string(row.text(0))) : std::nullopt;
}

void record_table::put(std::string_view name, std::string_view value) {
    put_.run(name, value);
}

void record_table::remove(std::string_view name) {
    remove_.run(name);
}

void record_table::remove_all(std::string_view prefix) {
    const std::string end = end_of(prefix);
    remove_range_.run(prefix, end);
}

std::vector<core::stored_record> record_table::list(std::string_view prefix, std::string_view after,
                                                    std::size_t limit) {
    std::vector<core::stored_record> records;
    const std::string end = end_of(prefix);
    query rows(list_from_, std::max(prefix, after), end, after, row_count(limit));
    while (rows.next()) {
        records.emplace_back(rows.text(0), rows.text(1));
    }
    return records;
}

} // namespace iothub::storage
