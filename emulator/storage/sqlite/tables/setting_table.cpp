#include "emulator/storage/sqlite/tables/setting_table.hpp"

namespace iothub::storage {

setting_table::setting_table(database& db)
    : find_(db, "SELECT value FROM setting WHERE name = ?")
    , put_(db, "INSERT OR REPLACE INTO setting VALUES (?, ?)")
    , remove_(db, "DELETE FROM setting WHERE name = ?")
    , list_from_(db, "SELECT name, value FROM setting WHERE name >= ? ORDER BY name") {}

std::optional<std::string> setting_table::find(std::string_view name) {
    query row(find_, name);
    return row.next() ? std::optional(std::string(row.text(0))) : std::nullopt;
}

void setting_table::put(std::string_view name, std::string_view value) {
    put_.run(name, value);
}

void setting_table::remove(std::string_view name) {
    remove_.run(name);
}

std::vector<std::pair<std::string, std::string>> setting_table::list(std::string_view prefix) {
    std::vector<std::pair<std::string, std::string>> settings;
    query rows(list_from_, prefix);
    while (rows.next() && rows.text(0).starts_with(prefix)) {
        settings.emplace_back(rows.text(0), rows.text(1));
    }
    return settings;
}

} // namespace iothub::storage
