#pragma once
// A disk that fails on order. disk_faults: the calls by which event_files reach it, for the store
// that is opened with them; faulty_disk: these, and SQLite's own way to the disk, for all that
// SQLite opens while one lives. One fault can be ordered at a time; any thread may meet it.

#include <cerrno>
#include <cstdint>

#include "emulator/storage/sqlite/disk_calls.hpp"

struct sqlite3_vfs;

namespace iothub::testing {

// SQLite does not meet those of `open` and `short_write`.
enum class disk_operation { open, read, write, short_write, sync, truncate };

class disk_faults {
public:
    disk_faults() = default;
    ~disk_faults() { heal(); }
    disk_faults(const disk_faults&) = delete;
    disk_faults& operator=(const disk_faults&) = delete;

    // From the `nth` operation on (1: the next), `how_often` operations of the kind fail, event
    // files' with `code`; a write that fails has written half of its bytes, and one that is short
    // says so. Restores a healthy disk first.
    void order(disk_operation kind, std::int64_t nth, std::int64_t how_often, int code = EIO);
    void heal();

    std::int64_t faults() const; // since the last order

    static storage::disk_calls calls();
};

class faulty_disk : public disk_faults {
public:
    faulty_disk();
    ~faulty_disk();

private:
    sqlite3_vfs* default_;
};

} // namespace iothub::testing
