#include "emulator/storage/sqlite/database.hpp"

#include <sqlite3.h>

#include "common/percent_encoding.hpp"
#include "emulator/storage/sqlite/statement.hpp"

namespace iothub::storage {

namespace {

// SQLite's VFS for files that one process has to itself, as folder_lock sees to: what connections
// share is in memory, without a file and without the six system calls of each transaction.
constexpr const char* one_process_only = "?mode=rw&vfs=unix-excl";

constexpr int busy_milliseconds = 10'000; // the checkpointer may hold the writer up

std::string uri_of(const std::filesystem::path& file, database::access how) {
    const std::string path = percent_encode(std::filesystem::absolute(file).string());
    return "file:" + path +
           (how == database::access::immutable ? "?mode=ro&immutable=1" : one_process_only);
}

std::string describe(sqlite3* connection) {
    if (connection == nullptr) {
        return "SQLite: out of memory";
    }
    return std::string("SQLite: ") + sqlite3_errmsg(connection) + " (code " +
           std::to_string(sqlite3_extended_errcode(connection)) + ")";
}

} // namespace

sqlite_error::sqlite_error(sqlite3* connection)
    : core::store_fault(describe(connection)) {}

database::database(const std::filesystem::path& file, access how) {
    const int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX |
                      (how == access::immutable ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(uri_of(file, how).c_str(), &opened, flags, nullptr);
    connection_.reset(opened);
    if (code != SQLITE_OK) {
        throw sqlite_error(opened);
    }
    sqlite3_extended_result_codes(opened, 1);
    sqlite3_busy_timeout(opened, busy_milliseconds);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    if (how != access::read_write) {
        sqlite3_db_config(opened, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        execute("PRAGMA query_only = ON");
    }
    // In place of SQLite's own hook, which would checkpoint during a commit.
    sqlite3_wal_hook(
        opened,
        [](void* pages, sqlite3*, const char*, int count) {
            *static_cast<std::uint64_t*>(pages) = static_cast<std::uint64_t>(count);
            return SQLITE_OK;
        },
        &log_pages_);
    page_bytes_ = static_cast<std::uint64_t>(integer("PRAGMA page_size"));
}

void database::closer::operator()(sqlite3* connection) const {
    sqlite3_close(connection);
}

void database::execute(const std::string& sql) {
    if (sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        throw sqlite_error(handle());
    }
}

std::string database::text(const std::string& sql) {
    statement question(*this, sql);
    query answer(question);
    return answer.next() ? std::string(answer.text(0)) : std::string();
}

std::int64_t database::integer(const std::string& sql) {
    statement question(*this, sql);
    query answer(question);
    return answer.next() ? answer.integer(0) : 0;
}

bool database::in_transaction() const {
    return sqlite3_get_autocommit(connection_.get()) == 0;
}

std::uint64_t database::changed_rows() const {
    return static_cast<std::uint64_t>(sqlite3_changes64(connection_.get()));
}

bool database::is_writable() const {
    return sqlite3_db_readonly(connection_.get(), "main") == 0;
}

} // namespace iothub::storage
