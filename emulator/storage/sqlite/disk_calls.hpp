#pragma once
// The calls of the operating system by which event_files reach the disk, each as its manual page
// has it: openat, pwrite, pread, fdatasync and fsync; and statfs, by which open_sqlite_store learns
// where the folder is. A test puts others in their place, so that the disk fails or is elsewhere;
// for what SQLite opens, SQLite has such a seam.

#include <fcntl.h>
#include <sys/types.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cstddef>

namespace iothub::storage {

struct disk_calls {
    int (*open)(int folder, const char* name, int flags,
                mode_t mode) = [](int folder, const char* name, int flags, mode_t mode) {
        return ::openat(folder, name, flags, mode);
    };
    ssize_t (*write)(int file, const void* bytes, std::size_t size, off_t position) = ::pwrite;
    ssize_t (*read)(int file, void* bytes, std::size_t size, off_t position) = ::pread;
    int (*sync)(int file) = ::fdatasync;
    int (*sync_folder)(int folder) = ::fsync;
    int (*file_system)(const char* folder, struct statfs* found) = ::statfs;
};

} // namespace iothub::storage
