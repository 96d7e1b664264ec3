#pragma once
// What a process holds of the system: memory that only it has, open files, threads. Linux, /proc.

#include <sys/types.h>

#include <cstdint>

namespace iothub::durability {

struct process_size {
    std::uint64_t private_bytes = 0; // Private_Clean and Private_Dirty of smaps_rollup
    std::uint64_t descriptors = 0;
    std::uint64_t threads = 0;
};

// Throws std::runtime_error where there is no such process.
process_size size_of_process(pid_t pid);

} // namespace iothub::durability
