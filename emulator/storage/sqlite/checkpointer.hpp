#pragma once
// Moves the write-ahead log into the database file, on a thread and a connection of its own, so
// that the hub's thread never waits for that. sqlite_store tells it how the log grows.

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <thread>

#include "emulator/storage/sqlite/database.hpp"

namespace iothub::storage {

// Sizes of the log, in bytes.
struct log_limits {
    std::uint64_t step = 4 << 20;   // its growth that asks for a checkpoint
    std::uint64_t rest = 64 << 20;  // from here what a checkpoint left is moved while no one writes
    std::uint64_t most = 256 << 20; // from here the writer waits for the checkpoint
};

class checkpointer {
public:
    // Throws sqlite_error.
    explicit checkpointer(const std::filesystem::path& file, log_limits limits = {});

    // Waits for a checkpoint that is under way.
    ~checkpointer();

    // On the hub's thread, after a commit; returns at once, unless the log has become too large.
    void log_has(std::uint64_t bytes);

private:
    void work();
    void checkpoint();

    database db_;
    log_limits limits_;
    std::uint64_t asked_at_ = 0; // the log's size when a checkpoint was last asked for
    std::mutex mutex_;
    std::condition_variable wake_;
    std::condition_variable rested_;
    bool asked_ = false;
    bool working_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace iothub::storage
