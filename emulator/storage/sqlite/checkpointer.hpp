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

class checkpointer {
public:
    static constexpr std::uint64_t step_bytes = 4 << 20;   // asks for a checkpoint
    static constexpr std::uint64_t limit_bytes = 64 << 20; // makes the writer wait for one

    // Throws sqlite_error.
    explicit checkpointer(const std::filesystem::path& file);

    // Waits for a checkpoint that is under way.
    ~checkpointer();

    // On the hub's thread, after a commit; returns at once.
    void log_has(std::uint64_t bytes);

private:
    void work();
    void checkpoint();

    database db_;
    std::uint64_t asked_at_ = 0; // the log's size when a checkpoint was last asked for
    std::mutex mutex_;
    std::condition_variable wake_;
    bool asked_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace iothub::storage
