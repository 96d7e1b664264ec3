#pragma once
// SQLite's own way to the disk, made to fail: while a faulty_disk lives, what SQLite opens goes
// through it. One fault can be ordered at a time; any thread may meet it.

#include <cstdint>

struct sqlite3_vfs;

namespace iothub::testing {

enum class disk_operation { read, write, sync, truncate };

class faulty_disk {
public:
    faulty_disk();
    ~faulty_disk();
    faulty_disk(const faulty_disk&) = delete;
    faulty_disk& operator=(const faulty_disk&) = delete;

    // From the `nth` operation on (1: the next), `how_often` operations of the kind fail; a write
    // that fails has written half of its bytes. Restores a healthy disk first.
    void order(disk_operation kind, std::int64_t nth, std::int64_t how_often);
    void heal();

    std::int64_t faults() const; // since the last order

private:
    sqlite3_vfs* default_;
};

} // namespace iothub::testing
