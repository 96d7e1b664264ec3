#include "emulator/storage/sqlite/open_sqlite_store.hpp"

#include <sys/stat.h>
#include <sys/vfs.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "emulator/storage/network_file_system.hpp"
#include "emulator/storage/opened_files.hpp"
#include "emulator/storage/sqlite/database_file.hpp"
#include "emulator/storage/sqlite/sqlite_store.hpp"

namespace iothub::storage {

namespace fs = std::filesystem;

namespace {

result<> make_folder(const fs::path& folder) {
    std::error_code failure;
    fs::create_directories(folder.parent_path(), failure);
    if (!failure && ::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
        failure.assign(errno, std::generic_category());
    }
    if (failure || !fs::is_directory(folder, failure)) {
        return error{errc::server_error, "the data folder " + folder.string() +
                                             " cannot be made (" +
                                             (failure ? failure.message() : "it is a file") +
                                             "): choose another --data-dir"};
    }
    return {};
}

void warn_of_network(const fs::path& folder, iothub::log* journal, const disk_calls& disk) {
    struct statfs found{};
    if (journal == nullptr || disk.file_system(folder.c_str(), &found) != 0) {
        return;
    }
    if (const auto name = network_file_system(found.f_type)) {
        journal->write(log_level::warning, "store",
                       "the data folder " + folder.string() + " is on a network (" +
                           std::string(*name) +
                           "): its locks and what the hub acknowledged are as good as that; "
                           "better choose a --data-dir on a disk of this machine");
    }
}

result<std::unique_ptr<core::store>> open_file(const fs::path& file, durability kept,
                                               store_parts parts) {
    if (!fs::exists(file)) {
        create_database_file(file);
    } else if (const auto sound = check_database_file(file); !sound) {
        return sound.error();
    }
    auto db = open_for_writing(file, kept);
    parts.checkpoints = std::make_unique<checkpointer>(file);
    parts.files.watch(file);
    parts.files.watch(fs::path(file) += "-wal");
    return std::make_unique<sqlite_store>(std::move(db), std::move(parts));
}

} // namespace

result<std::unique_ptr<core::store>> open_sqlite_store(const fs::path& folder, durability kept,
                                                       iothub::log* journal,
                                                       const disk_calls& disk) {
    const fs::path place = (fs::absolute(folder) / "").parent_path(); // no slash at the end
    if (const auto made = make_folder(place); !made) {
        return made.error();
    }
    auto lock = folder_lock::take(place);
    if (!lock) {
        return lock.error();
    }
    warn_of_network(place, journal, disk);
    const fs::path file = place / "hub.db";
    try {
        return open_file(file, kept, {.lock = std::move(*lock), .journal = journal, .disk = disk});
    } catch (const std::exception& failure) {
        return error{errc::server_error,
                     file.string() + " cannot be used (" + failure.what() +
                         "): make room and the file writable, or choose another --data-dir"};
    }
}

} // namespace iothub::storage
