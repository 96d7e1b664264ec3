#include "durability/faulty_disk.hpp"

#include <sqlite3.h>

#include <mutex>

namespace iothub::testing {

namespace {

// The fault that is ordered. SQLite knows its files and not who made them, so it is one for all.
struct fault_order {
    std::mutex mutex;
    disk_operation kind = disk_operation::read;
    std::int64_t until_first = 0;
    std::int64_t left = 0;
    std::int64_t met = 0;
    int code = 0;

    bool fails(disk_operation operation) {
        const std::lock_guard guard(mutex);
        if (left == 0 || operation != kind || --until_first > 0) {
            return false;
        }
        --left;
        ++met;
        return true;
    }
};

fault_order ordered;

// The calls of event_files: `fails` sets errno.
bool call_fails(disk_operation operation) {
    const bool failed = ordered.fails(operation);
    errno = failed ? ordered.code : errno;
    return failed;
}

int call_open(int folder, const char* name, int flags, mode_t mode) {
    return call_fails(disk_operation::open) ? -1
                                            : storage::disk_calls().open(folder, name, flags, mode);
}

ssize_t call_write(int file, const void* bytes, std::size_t size, off_t position) {
    const storage::disk_calls real;
    if (ordered.fails(disk_operation::short_write)) {
        return real.write(file, bytes, (size + 1) / 2, position);
    }
    const bool failed = ordered.fails(disk_operation::write);
    const ssize_t written = real.write(file, bytes, failed ? size / 2 : size, position);
    errno = failed ? ordered.code : errno;
    return failed ? -1 : written;
}

ssize_t call_read(int file, void* bytes, std::size_t size, off_t position) {
    return call_fails(disk_operation::read)
               ? -1
               : storage::disk_calls().read(file, bytes, size, position);
}

int call_sync(int file) {
    return call_fails(disk_operation::sync) ? -1 : storage::disk_calls().sync(file);
}

int call_sync_folder(int folder) {
    return call_fails(disk_operation::sync) ? -1 : storage::disk_calls().sync_folder(folder);
}

// A file of SQLite's with the real one behind it, in one piece of memory.
struct faulty_file {
    sqlite3_file base;

    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

sqlite3_file* real(sqlite3_file* file) {
    return reinterpret_cast<faulty_file*>(file)->real();
}

int read(sqlite3_file* file, void* into, int size, sqlite3_int64 offset) {
    if (ordered.fails(disk_operation::read)) {
        return SQLITE_IOERR_READ;
    }
    return real(file)->pMethods->xRead(real(file), into, size, offset);
}

int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
    if (ordered.fails(disk_operation::write)) {
        real(file)->pMethods->xWrite(real(file), from, size / 2, offset);
        return SQLITE_IOERR_WRITE;
    }
    return real(file)->pMethods->xWrite(real(file), from, size, offset);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
    return ordered.fails(disk_operation::truncate)
               ? SQLITE_IOERR_TRUNCATE
               : real(file)->pMethods->xTruncate(real(file), size);
}

int sync(sqlite3_file* file, int flags) {
    return ordered.fails(disk_operation::sync) ? SQLITE_IOERR_FSYNC
                                               : real(file)->pMethods->xSync(real(file), flags);
}

int close(sqlite3_file* file) {
    return real(file)->pMethods->xClose(real(file));
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return real(file)->pMethods->xFileSize(real(file), size);
}
int lock(sqlite3_file* file, int level) {
    return real(file)->pMethods->xLock(real(file), level);
}
int unlock(sqlite3_file* file, int level) {
    return real(file)->pMethods->xUnlock(real(file), level);
}
int check_lock(sqlite3_file* file, int* locked) {
    return real(file)->pMethods->xCheckReservedLock(real(file), locked);
}
int control(sqlite3_file* file, int what, void* argument) {
    return real(file)->pMethods->xFileControl(real(file), what, argument);
}
int sector_size(sqlite3_file* file) {
    return real(file)->pMethods->xSectorSize(real(file));
}
int characteristics(sqlite3_file* file) {
    return real(file)->pMethods->xDeviceCharacteristics(real(file));
}
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** memory) {
    return real(file)->pMethods->xShmMap(real(file), page, size, extend, memory);
}
int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
    return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}
void shm_barrier(sqlite3_file* file) {
    real(file)->pMethods->xShmBarrier(real(file));
}
int shm_unmap(sqlite3_file* file, int remove) {
    return real(file)->pMethods->xShmUnmap(real(file), remove);
}

// Version 2: without memory-mapped reads.
const sqlite3_io_methods methods = {
    2,         close,      read,    write,       truncate,        sync,    file_size, lock,
    unlock,    check_lock, control, sector_size, characteristics, shm_map, shm_lock,  shm_barrier,
    shm_unmap, nullptr,    nullptr};

sqlite3_vfs* real_disk = nullptr;
sqlite3_vfs disk;

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    const int code = real_disk->xOpen(real_disk, name, real(file), flags, out_flags);
    file->pMethods = code == SQLITE_OK ? &methods : nullptr;
    return code;
}

} // namespace

faulty_disk::faulty_disk()
    : default_(sqlite3_vfs_find(nullptr)) {
    real_disk = sqlite3_vfs_find("unix-excl"); // the one the store asks for; found first from now
    disk = *real_disk;
    disk.szOsFile = static_cast<int>(sizeof(faulty_file)) + real_disk->szOsFile;
    disk.xOpen = open;
    sqlite3_vfs_register(&disk, 1);
}

faulty_disk::~faulty_disk() {
    heal();
    sqlite3_vfs_unregister(&disk);
    sqlite3_vfs_register(default_, 1);
}

void disk_faults::order(disk_operation kind, std::int64_t nth, std::int64_t how_often, int code) {
    const std::lock_guard guard(ordered.mutex);
    ordered.kind = kind;
    ordered.until_first = nth;
    ordered.left = how_often;
    ordered.met = 0;
    ordered.code = code;
}

void disk_faults::heal() {
    const std::lock_guard guard(ordered.mutex);
    ordered.left = 0;
}

std::int64_t disk_faults::faults() const {
    const std::lock_guard guard(ordered.mutex);
    return ordered.met;
}

storage::disk_calls disk_faults::calls() {
    return {call_open, call_write, call_read, call_sync, call_sync_folder};
}

} // namespace iothub::testing
