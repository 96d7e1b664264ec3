#include "emulator/storage/sqlite/tables/twin_table.hpp"

#include <string>
#include <utility>

#include "common/json_text.hpp"
#include "emulator/core/store.hpp"

namespace iothub::storage {

namespace {

// Our own text: what was once let in must come out again.
constexpr json_limits own_text{.depth = 1024, .values = 1 << 24};

constexpr std::size_t max_unwritten = 64;

class twin_reader {
public:
    twin_reader(const query& row, const identity_key& key)
        : row_(row)
        , key_(key) {}

    core::twin read() {
        core::twin value;
        value.key = key_;
        value.version = row_.number(0);
        value.etag = row_.number(1);
        value.model_id = row_.text(2);
        value.tags = document(3);
        value.desired = section(4);
        value.reported = section(7);
        value.configurations = document(10);
        return value;
    }

    // Of the JSON that was read.
    std::size_t text_bytes() const { return text_bytes_; }

private:
    core::twin_section section(int column) {
        return {document(column + 1), document(column + 2), row_.number(column)};
    }

    core::twin_part document(int column) {
        const std::string_view text = row_.text(column);
        text_bytes_ += text.size();
        auto parsed = parse_json(text, own_text);
        if (!parsed || !parsed->is_object()) {
            throw core::store_fault("the stored twin " + key_.text() + " is damaged");
        }
        return core::twin_part(*std::move(parsed), std::string(text));
    }

    const query& row_;
    const identity_key& key_;
    std::size_t text_bytes_ = 0;
};

} // namespace

twin_table::twin_table(database& db)
    : find_(db, "SELECT version, etag, model_id, tags, desired_version, desired, desired_metadata,"
                " reported_version, reported, reported_metadata, configurations FROM twin"
                " WHERE device_id = ? AND module_id = ?")
    , put_(db, "INSERT INTO twin VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
               " ON CONFLICT DO UPDATE SET version = ?3, etag = ?4, model_id = ?5, tags = ?6,"
               " desired_version = ?7, desired = ?8, desired_metadata = ?9,"
               " reported_version = ?10, reported = ?11, reported_metadata = ?12,"
               " configurations = ?13")
    , remove_one_(db, "DELETE FROM twin WHERE device_id = ? AND module_id = ?")
    , remove_modules_(db, "DELETE FROM twin WHERE device_id = ? AND module_id > ''") {}

std::optional<core::twin> twin_table::find(const identity_key& key) {
    if (const auto put = unwritten_.find(key); put != unwritten_.end()) {
        return put->second;
    }
    if (const core::twin* known = cache_.find(key)) {
        return *known;
    }
    return read(key);
}

std::optional<core::twin> twin_table::read(const identity_key& key) {
    query row(find_, key.device_id, key.module_id);
    if (!row.next()) {
        return std::nullopt;
    }
    twin_reader reader(row, key);
    core::twin value = reader.read();
    cache_.keep(value, reader.text_bytes());
    return value;
}

void twin_table::put(core::twin value) {
    const identity_key key = value.key;
    unwritten_.insert_or_assign(key, std::move(value));
    if (unwritten_.size() > max_unwritten) {
        prepare_commit();
    }
}

// Nobody shares the parts of a twin that is taken from where it is kept: they change in place.
void twin_table::change(const identity_key& key, const std::function<void(core::twin&)>& how) {
    if (const auto put = unwritten_.find(key); put != unwritten_.end()) {
        how(put->second);
        return;
    }
    auto value = find(key);
    cache_.forget(key);
    if (value) {
        how(*value);
        put(*std::move(value));
    }
}

void twin_table::prepare_commit() {
    while (!unwritten_.empty()) {
        write(std::move(unwritten_.extract(unwritten_.begin()).mapped()));
    }
}

void twin_table::rolled_back() {
    unwritten_.clear();
    cache_.forget_all();
}

void twin_table::write(core::twin value) {
    const std::string& tags = value.tags.text();
    const std::string& desired = value.desired.values.text();
    const std::string& desired_metadata = value.desired.metadata.text();
    const std::string& reported = value.reported.values.text();
    const std::string& reported_metadata = value.reported.metadata.text();
    const std::string& configurations = value.configurations.text();
    put_.run(value.key.device_id, value.key.module_id, value.version, value.etag, value.model_id,
             tags, value.desired.version, desired, desired_metadata, value.reported.version,
             reported, reported_metadata, configurations);
    const std::size_t text_bytes = tags.size() + desired.size() + desired_metadata.size() +
                                   reported.size() + reported_metadata.size() +
                                   configurations.size();
    cache_.keep(std::move(value), text_bytes);
}

void twin_table::remove(const identity_key& key) {
    std::erase_if(unwritten_, [&](const auto& put) { return key.covers(put.first); });
    cache_.forget(key);
    remove_one_.run(key.device_id, key.module_id);
    if (!key.is_module()) {
        cache_.forget_all();
        remove_modules_.run(key.device_id);
    }
}

} // namespace iothub::storage
