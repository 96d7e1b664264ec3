#pragma once
// Whether files and folders that are open are still found under their names: what is written to a
// deleted file is lost when it is closed, and nothing else would tell. sqlite_store asks before it
// commits, and for /health; event_files add theirs.

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

struct stat;

namespace iothub::storage {

class opened_files {
public:
    explicit opened_files(std::chrono::milliseconds interval = std::chrono::seconds(1));

    // A file that exists now, or std::filesystem::filesystem_error; or the one that is open.
    void watch(const std::filesystem::path& name);
    void watch(const std::filesystem::path& name, int descriptor);
    void forget(const std::filesystem::path& name);

    // What is wrong with one of them; nothing when all is well. Looks once an interval at most.
    std::optional<std::string> fault();

private:
    struct file {
        std::filesystem::path name;
        dev_t device;
        ino_t number;
    };

    void add(const std::filesystem::path& name, int outcome, const struct stat& found);
    std::optional<std::string> look() const;

    std::vector<file> files_;
    std::chrono::milliseconds interval_;
    std::chrono::steady_clock::time_point looked_;
    std::optional<std::string> found_;
};

} // namespace iothub::storage
