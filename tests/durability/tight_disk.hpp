#pragma once
// Disks that a test can fill while a hub runs on them, and make room on again.

#include <sys/types.h>

#include <filesystem>
#include <string>

namespace iothub::test {

// A file system of some megabytes at folder/data, in memory. Only root may mount one.
class small_file_system {
public:
    explicit small_file_system(const std::filesystem::path& folder);
    ~small_file_system();
    small_file_system(const small_file_system&) = delete;
    small_file_system& operator=(const small_file_system&) = delete;

    bool mounted() const { return mounted_; } // why not: WARN(why_not())
    const std::string& why_not() const { return why_not_; }

    void fill(); // to the last byte
    void make_room();
    void make_read_only(); // nobody may have a file of it open

private:
    std::filesystem::path place_;
    bool mounted_ = false;
    std::string why_not_;
};

// Files of the process cannot grow beyond `bytes`, until this goes.
class file_size_limit {
public:
    file_size_limit(pid_t pid, std::size_t bytes);
    ~file_size_limit();
    file_size_limit(const file_size_limit&) = delete;
    file_size_limit& operator=(const file_size_limit&) = delete;

private:
    pid_t pid_;
};

} // namespace iothub::test
