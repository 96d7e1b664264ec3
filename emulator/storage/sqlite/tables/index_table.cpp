#include "emulator/storage/sqlite/tables/index_table.hpp"

namespace iothub::storage {

index_table::index_table(database& db)
    : put_(db, "INSERT INTO index_entry VALUES (?, ?, ?, ?)")
    , remove_(db, "DELETE FROM index_entry WHERE device_id = ? AND module_id = ? AND name = ?")
    , remove_of_device_(db, "DELETE FROM index_entry WHERE device_id = ?")
    , remove_of_module_(db, "DELETE FROM index_entry WHERE device_id = ? AND module_id = ?")
    , clear_(db, "DELETE FROM index_entry WHERE name = ?")
    , find_(db, "SELECT device_id, module_id FROM index_entry WHERE name = ? AND value = ?"
                " AND (device_id, module_id) > (?, ?) ORDER BY device_id, module_id LIMIT ?") {}

void index_table::put(std::string_view index, const identity_key& key, std::string_view value) {
    remove(index, key);
    put_.run(index, value, key.device_id, key.module_id);
}

void index_table::remove(std::string_view index, const identity_key& key) {
    remove_.run(key.device_id, key.module_id, index);
}

void index_table::remove_of(const identity_key& key) {
    if (key.is_module()) {
        remove_of_module_.run(key.device_id, key.module_id);
    } else {
        remove_of_device_.run(key.device_id);
    }
}

void index_table::clear(std::string_view index) {
    clear_.run(index);
}

std::vector<identity_key> index_table::find(const core::index_value& wanted,
                                            const identity_key& after, std::size_t limit) {
    std::vector<identity_key> keys;
    query rows(find_, wanted.index, wanted.value, after.device_id, after.module_id,
               row_count(limit));
    while (rows.next()) {
        keys.push_back({std::string(rows.text(0)), std::string(rows.text(1))});
    }
    return keys;
}

} // namespace iothub::storage
