#pragma once
// A prepared statement and one use of it. Values are bound in the order of the statement's `?` and
// are borrowed: they must outlive the use. Everything throws sqlite_error.

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "common/timestamp.hpp"

struct sqlite3_stmt;

namespace iothub::storage {

class database;

struct blob {
    std::string_view bytes;
};

// A LIMIT, or another number of rows, as SQLite counts.
constexpr std::int64_t row_count(std::size_t rows) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    return rows > static_cast<std::uint64_t>(most) ? most : static_cast<std::int64_t>(rows);
}

class statement {
public:
    statement(database& db, std::string_view sql);
    ~statement();
    statement(const statement&) = delete;
    statement& operator=(const statement&) = delete;

    // One use to its end, for statements that answer no rows.
    template <class... Values>
    void run(const Values&... values);

private:
    friend class query;

    template <class... Values>
    void bind_all(const Values&... values) {
        int position = 0;
        (bind(++position, values), ...);
    }

    template <std::integral Integer>
    void bind(int position, Integer value) {
        bind_integer(position, static_cast<std::int64_t>(value));
    }
    void bind(int position, timestamp value) {
        bind_integer(position, value.time_since_epoch().count());
    }
    void bind(int position, std::string_view value);
    void bind(int position, blob value);
    void bind_integer(int position, std::int64_t value);

    bool step();
    void reset() noexcept;
    void check(int code);

    database& db_;
    sqlite3_stmt* handle_ = nullptr;
};

// One use of a statement that answers rows; the statement is free again when this goes.
class query {
public:
    template <class... Values>
    explicit query(statement& used, const Values&... values)
        : statement_(used) {
        statement_.bind_all(values...);
    }
    ~query() { statement_.reset(); }
    query(const query&) = delete;
    query& operator=(const query&) = delete;

    bool next() { return statement_.step(); }

    // Columns of the row that next() moved to, from 0. Text and bytes last until the next move.
    bool is_null(int column) const;
    std::int64_t integer(int column) const;
    std::uint64_t number(int column) const { return static_cast<std::uint64_t>(integer(column)); }
    timestamp time(int column) const { return timestamp(ticks(integer(column))); }
    std::string_view text(int column) const;
    std::string_view bytes(int column) const;

private:
    statement& statement_;
};

template <class... Values>
void statement::run(const Values&... values) {
    query use(*this, values...);
    while (use.next()) {
    }
}

} // namespace iothub::storage
