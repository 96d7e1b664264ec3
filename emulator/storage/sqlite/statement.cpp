#include "emulator/storage/sqlite/statement.hpp"

#include <sqlite3.h>

#include "emulator/storage/sqlite/database.hpp"

namespace iothub::storage {

namespace {

// SQLite takes a null pointer for NULL, which an empty text is not.
const char* data_of(std::string_view value) {
    return value.data() == nullptr ? "" : value.data();
}

} // namespace

statement::statement(database& db, std::string_view sql)
    : db_(db) {
    check(sqlite3_prepare_v3(db.handle(), sql.data(), static_cast<int>(sql.size()),
                             SQLITE_PREPARE_PERSISTENT, &handle_, nullptr));
}

statement::~statement() {
    sqlite3_finalize(handle_);
}

void statement::bind(int position, std::string_view value) {
    check(sqlite3_bind_text64(handle_, position, data_of(value), value.size(), SQLITE_STATIC,
                              SQLITE_UTF8));
}

void statement::bind(int position, blob value) {
    check(sqlite3_bind_blob64(handle_, position, data_of(value.bytes), value.bytes.size(),
                              SQLITE_STATIC));
}

void statement::bind_integer(int position, std::int64_t value) {
    check(sqlite3_bind_int64(handle_, position, value));
}

bool statement::step() {
    const int code = sqlite3_step(handle_);
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        throw sqlite_error(db_.handle());
    }
    return code == SQLITE_ROW;
}

void statement::reset() noexcept {
    sqlite3_reset(handle_);
}

void statement::check(int code) {
    if (code != SQLITE_OK) {
        throw sqlite_error(db_.handle());
    }
}

bool query::is_null(int column) const {
    return sqlite3_column_type(statement_.handle_, column) == SQLITE_NULL;
}

std::int64_t query::integer(int column) const {
    return sqlite3_column_int64(statement_.handle_, column);
}

std::string_view query::text(int column) const {
    const auto* data =
        reinterpret_cast<const char*>(sqlite3_column_text(statement_.handle_, column));
    const int size = sqlite3_column_bytes(statement_.handle_, column);
    return data == nullptr ? std::string_view()
                           : std::string_view(data, static_cast<std::size_t>(size));
}

std::string_view query::bytes(int column) const {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_.handle_, column));
    const int size = sqlite3_column_bytes(statement_.handle_, column);
    return data == nullptr ? std::string_view()
                           : std::string_view(data, static_cast<std::size_t>(size));
}

} // namespace iothub::storage
