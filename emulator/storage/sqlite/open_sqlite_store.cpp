#include "emulator/storage/sqlite/open_sqlite_store.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <system_error>
#include <vector>

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

result<std::unique_ptr<core::store>> open_file(const fs::path& file, durability kept,
                                               std::unique_ptr<folder_lock> lock) {
    if (!fs::exists(file)) {
        create_database_file(file);
    } else if (const auto sound = check_database_file(file); !sound) {
        return sound.error();
    }
    auto db = open_for_writing(file, kept);
    auto checkpoints = std::make_unique<checkpointer>(file);
    auto opened = std::make_unique<opened_files>(std::vector{file, fs::path(file) += "-wal"});
    return std::make_unique<sqlite_store>(std::move(db), std::move(lock), std::move(checkpoints),
                                          std::move(opened));
}

} // namespace

result<std::unique_ptr<core::store>> open_sqlite_store(const fs::path& folder, durability kept) {
    const fs::path place = (fs::absolute(folder) / "").parent_path(); // no slash at the end
    if (const auto made = make_folder(place); !made) {
        return made.error();
    }
    auto lock = folder_lock::take(place);
    if (!lock) {
        return lock.error();
    }
    const fs::path file = place / "hub.db";
    try {
        return open_file(file, kept, std::move(*lock));
    } catch (const std::exception& failure) {
        return error{errc::server_error,
                     file.string() + " cannot be used (" + failure.what() +
                         "): make room and the file writable, or choose another --data-dir"};
    }
}

} // namespace iothub::storage
