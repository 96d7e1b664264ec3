#include "emulator/storage/sqlite/tables/identity_table.hpp"

#include <string>

#include "emulator/storage/identity_tally.hpp"
#include "emulator/storage/sqlite/database.hpp"
#include "emulator/storage/sqlite/tables/identity_document.hpp"

namespace iothub::storage {

namespace {

const std::string selected = "SELECT device_id, module_id, etag, enabled,"
                             " connection_state_updated, last_activity, document FROM identity ";

core::identity read_row(const query& row) {
    core::identity value;
    value.key = {std::string(row.text(0)), std::string(row.text(1))};
    value.etag = row.number(2);
    value.enabled = row.integer(3) != 0;
    value.activity = {row.time(4), row.time(5)};
    if (!read_identity_document(row.text(6), value)) {
        throw core::store_fault("the stored identity " + value.key.text() + " is damaged");
    }
    return value;
}

std::vector<core::identity> read_all(query& rows) {
    std::vector<core::identity> values;
    while (rows.next()) {
        values.push_back(read_row(rows));
    }
    return values;
}

core::identity_counts read_counts(database& db) {
    statement select(db, "SELECT devices, enabled_devices, modules FROM identity_count");
    query row(select);
    if (!row.next()) {
        throw core::store_fault("the counts of identities are missing");
    }
    return {row.number(0), row.number(1), row.number(2)};
}

} // namespace

identity_table::identity_table(database& db)
    : db_(db)
    , find_(db, selected + "WHERE device_id = ? AND module_id = ?")
    , find_enabled_(db, "SELECT enabled FROM identity WHERE device_id = ? AND module_id = ?")
    , add_(db, "INSERT INTO identity VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
    , replace_(db, "UPDATE identity SET etag = ?3, enabled = ?4, connection_state_updated = ?5,"
                   " last_activity = ?6, document = ?7 WHERE device_id = ?1 AND module_id = ?2")
    , remove_one_(db, "DELETE FROM identity WHERE device_id = ? AND module_id = ?")
    , remove_modules_(db, "DELETE FROM identity WHERE device_id = ? AND module_id > ''")
    , put_activity_(db, "UPDATE identity SET connection_state_updated = ?3, last_activity = ?4"
                        " WHERE device_id = ?1 AND module_id = ?2")
    , devices_(db, selected + "INDEXED BY device WHERE module_id = '' AND device_id > ?"
                              " ORDER BY device_id LIMIT ?")
    , modules_(db, selected + "WHERE device_id = ? AND module_id > '' ORDER BY module_id")
    , all_modules_(db, selected + "INDEXED BY module WHERE module_id > ''"
                                  " AND (device_id, module_id) > (?, ?)"
                                  " ORDER BY device_id, module_id LIMIT ?")
    , put_counts_(db, "UPDATE identity_count SET devices = ?, enabled_devices = ?, modules = ?")
    , counts_(read_counts(db))
    , committed_counts_(counts_) {}

std::optional<core::identity> identity_table::find(const identity_key& key) {
    if (const core::identity* known = cache_.find(key)) {
        return *known;
    }
    query row(find_, key.device_id, key.module_id);
    if (!row.next()) {
        return std::nullopt;
    }
    std::optional found(read_row(row));
    cache_.keep(*found, row.text(6).size());
    return found;
}

std::optional<bool> identity_table::was_enabled(const identity_key& key) {
    if (const core::identity* known = cache_.find(key)) {
        return known->enabled;
    }
    query row(find_enabled_, key.device_id, key.module_id);
    return row.next() ? std::optional(row.integer(0) != 0) : std::nullopt;
}

void identity_table::put(const core::identity& value) {
    const std::string document = identity_document(value);
    const auto write = [&](statement& how) {
        how.run(value.key.device_id, value.key.module_id, value.etag, value.enabled,
                value.activity.connection_state_updated, value.activity.last_activity, document);
        return db_.changed_rows() > 0;
    };
    if (cache_.find(value.key) == nullptr && write(add_)) {
        tally_put(counts_, value, std::nullopt);
        return;
    }
    const std::optional<bool> before = was_enabled(value.key);
    cache_.forget(value.key);
    write(replace_);
    tally_put(counts_, value, before);
}

void identity_table::remove(const identity_key& key) {
    if (const std::optional<bool> before = was_enabled(key)) {
        remove_one_.run(key.device_id, key.module_id);
        tally_removed(counts_, key.is_module(), *before);
    }
    if (key.is_module()) {
        cache_.forget(key);
    } else {
        cache_.forget_all(); // the device's modules with it
        remove_modules_.run(key.device_id);
        counts_.modules -= db_.changed_rows();
    }
}

void identity_table::put_activity(const identity_key& key, const core::activity& value) {
    put_activity_.run(key.device_id, key.module_id, value.connection_state_updated,
                      value.last_activity);
    if (core::identity* known = cache_.find(key)) {
        known->activity = value;
    }
}

std::vector<core::identity> identity_table::devices(std::string_view after, std::size_t limit) {
    query rows(devices_, after, row_count(limit));
    return read_all(rows);
}

std::vector<core::identity> identity_table::modules(std::string_view device_id) {
    query rows(modules_, device_id);
    return read_all(rows);
}

std::vector<core::identity> identity_table::all_modules(const identity_key& after,
                                                        std::size_t limit) {
    query rows(all_modules_, after.device_id, after.module_id, row_count(limit));
    return read_all(rows);
}

void identity_table::rolled_back() {
    counts_ = committed_counts_;
    cache_.forget_all();
}

void identity_table::prepare_commit() {
    if (counts_ != committed_counts_) {
        put_counts_.run(counts_.devices, counts_.enabled_devices, counts_.modules);
    }
}

} // namespace iothub::storage
