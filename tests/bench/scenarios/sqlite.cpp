#include <sqlite3.h>
#include <unistd.h>

#include <chrono>
#include <memory>
#include <stdexcept>

#include "bench/load/process.hpp"
#include "bench/scenarios/scenarios.hpp"

namespace iothub::bench {

namespace {

using steady = std::chrono::steady_clock;

struct freed {
    void operator()(sqlite3* db) const { sqlite3_close(db); }
    void operator()(sqlite3_stmt* prepared) const { sqlite3_finalize(prepared); }
};

// A table of rows with a text as their key, in WAL mode, with SQLite's own checkpoints.
class row_writer {
public:
    explicit row_writer(const arguments& given)
        : rows_(given.count("rows", 0))
        , batch_(given.count("batch"))
        , body_(given.count("bytes"), 'x')
        , updates_(given.text("operation") == "update") {
        sqlite3* opened = nullptr;
        sqlite3_open((given.text("folder") + "/bare.db").c_str(), &opened);
        db_.reset(opened);
        run("PRAGMA journal_mode = WAL");
        run("PRAGMA synchronous = " + given.text("synchronous", "NORMAL"));
        run("CREATE TABLE kept (id TEXT PRIMARY KEY, body TEXT NOT NULL)");
        put_ = prepare("INSERT INTO kept VALUES (?1, ?2) ON CONFLICT DO UPDATE SET body = ?2");
        begin_ = prepare("BEGIN IMMEDIATE");
        commit_ = prepare("COMMIT");
    }

    void commit_batch() {
        step(*begin_);
        for (std::size_t i = 0; i < batch_; ++i) {
            put(updates_ ? next_++ % rows_ : next_++);
        }
        step(*commit_);
    }

private:
    using statement = std::unique_ptr<sqlite3_stmt, freed>;

    void run(const std::string& sql) {
        check(sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    }

    statement prepare(const char* sql) {
        sqlite3_stmt* made = nullptr;
        check(sqlite3_prepare_v2(db_.get(), sql, -1, &made, nullptr) == SQLITE_OK);
        return statement(made);
    }

    void put(std::size_t number) {
        const std::string id = "d" + std::to_string(number);
        body_[number % body_.size()] ^= 1; // something changes
        sqlite3_bind_text(put_.get(), 1, id.data(), static_cast<int>(id.size()), SQLITE_STATIC);
        sqlite3_bind_text(put_.get(), 2, body_.data(), static_cast<int>(body_.size()),
                          SQLITE_STATIC);
        step(*put_);
    }

    void step(sqlite3_stmt& prepared) {
        check(sqlite3_step(&prepared) == SQLITE_DONE);
        sqlite3_reset(&prepared);
    }

    void check(bool went_well) const {
        if (!went_well) {
            throw std::runtime_error(std::string("SQLite: ") + sqlite3_errmsg(db_.get()));
        }
    }

    std::size_t rows_;
    std::size_t batch_;
    std::string body_;
    bool updates_;
    std::size_t next_ = 0;
    std::unique_ptr<sqlite3, freed> db_;
    statement put_;
    statement begin_;
    statement commit_;
};

} // namespace

void sqlite(const arguments& given) {
    row_writer rows(given);
    histogram commits;
    const double seconds = given.number("seconds");
    const double used_before = processor_seconds(::getpid());
    const auto start = steady::now();
    std::chrono::duration<double> passed{};
    while (passed.count() < seconds) {
        const auto begin = steady::now();
        rows.commit_batch();
        const auto end = steady::now();
        commits.add(end - begin);
        passed = end - start;
    }
    const auto written = static_cast<double>(commits.count() * given.count("batch"));
    const double used = processor_seconds(::getpid()) - used_before;
    print({written / passed.count(), commits.quantile_us(0.5), commits.quantile_us(0.99),
           used / passed.count()});
}

} // namespace iothub::bench
