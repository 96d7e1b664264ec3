#pragma once
// The store that lasts: hub.db in the data folder. The app calls this at start, before it writes
// anything else into the folder, and keeps the folder to itself until the store is destroyed.

#include <filesystem>
#include <memory>

#include "common/log.hpp"
#include "common/result.hpp"
#include "emulator/core/store.hpp"
#include "emulator/storage/sqlite/disk_calls.hpp"

namespace iothub::storage {

// What an acknowledged write survives.
enum class durability {
    process, // the hub being killed
    power,   // also the machine losing power
};

// Makes the folder (for its owner only) and the database where they are missing. The error's
// message is one line with the file and the remedy: folder in use (with the other hub's pid), not
// writable; database foreign, newer, damaged. Nothing of a refused database is changed. `journal`,
// where there is one, is told of a folder on a network, and of telemetry that is lost.
result<std::unique_ptr<core::store>> open_sqlite_store(const std::filesystem::path& folder,
                                                       durability kept,
                                                       iothub::log* journal = nullptr,
                                                       const disk_calls& disk = {});

} // namespace iothub::storage
