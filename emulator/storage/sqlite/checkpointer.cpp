#include "emulator/storage/sqlite/checkpointer.hpp"

#include <signal.h>
#include <sqlite3.h>

#include "emulator/storage/sqlite/schema.hpp"

namespace iothub::storage {

namespace {

// Signals are for the application's thread.
std::thread start_without_signals(auto work) {
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    std::thread thread(std::move(work));
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return thread;
}

} // namespace

checkpointer::checkpointer(const std::filesystem::path& file, log_limits limits)
    : db_(file, database::access::read_write)
    , limits_(limits) {
    schema_version(db_); // a connection that has never read does not know of the log
    thread_ = start_without_signals([this] { work(); });
}

checkpointer::~checkpointer() {
    {
        const std::lock_guard guard(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void checkpointer::log_has(std::uint64_t bytes) {
    if (bytes < asked_at_) {
        asked_at_ = 0; // the log began anew
    }
    if (bytes < asked_at_ + limits_.step) {
        return;
    }
    asked_at_ = bytes;
    std::unique_lock lock(mutex_);
    asked_ = true;
    wake_.notify_one();
    if (bytes >= limits_.most) {
        rested_.wait(lock, [this] { return !asked_ && !working_; });
    }
}

void checkpointer::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [this] { return asked_ || stopping_; });
        if (stopping_) {
            return;
        }
        asked_ = false;
        working_ = true;
        lock.unlock();
        checkpoint();
        lock.lock();
        working_ = false;
        rested_.notify_one();
    }
}

// A passive checkpoint holds nobody up, but while the hub keeps writing it never reaches the log's
// end, and the log grows on. Then the rest is moved with the writer waiting. A failure (disk full)
// loses nothing: the log stays, and its growth asks again.
void checkpointer::checkpoint() {
    int pages = 0;
    int moved = 0;
    const int code =
        sqlite3_wal_checkpoint_v2(db_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &pages, &moved);
    const std::uint64_t log_bytes = static_cast<std::uint64_t>(pages) * 4096;
    if (code == SQLITE_OK && pages > moved && log_bytes >= limits_.rest) {
        sqlite3_wal_checkpoint_v2(db_.handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr,
                                  nullptr);
    }
}

} // namespace iothub::storage
