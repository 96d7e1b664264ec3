#pragma once
// One connection to a SQLite file, closed with the object; nothing above this folder sees SQLite's
// own types. A connection belongs to one thread at a time.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "emulator/core/store.hpp"

struct sqlite3;

namespace iothub::storage {

// What SQLite refused, with its message and extended result code. Never holds a bound value.
class sqlite_error : public core::store_fault {
public:
    explicit sqlite_error(sqlite3* connection);
    using core::store_fault::store_fault;
};

class database {
public:
    enum class access {
        read_write,
        read_only, // sees the write-ahead log, leaves file and log as they are
        immutable, // ignores the log and makes no files at all
    };

    // The file must exist. Throws sqlite_error.
    database(const std::filesystem::path& file, access how);
    database(const database&) = delete;
    database& operator=(const database&) = delete;

    // Runs statements that answer nothing we need. Throws sqlite_error, as everything here.
    void execute(const std::string& sql);

    // The first column of the first row, for PRAGMAs and other single questions.
    std::string text(const std::string& sql);
    std::int64_t integer(const std::string& sql);

    bool in_transaction() const;
    std::uint64_t changed_rows() const; // by the statement that ran last
    bool is_writable() const;

    // Size of the write-ahead log after the last commit through this connection.
    std::uint64_t log_bytes() const { return log_pages_ * page_bytes_; }

    sqlite3* handle() { return connection_.get(); }

private:
    struct closer {
        void operator()(sqlite3* connection) const;
    };

    std::uint64_t log_pages_ = 0;
    std::uint64_t page_bytes_ = 0;
    std::unique_ptr<sqlite3, closer> connection_;
};

} // namespace iothub::storage
