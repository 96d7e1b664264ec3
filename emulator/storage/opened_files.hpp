#pragma once
// Whether files that are open are still found under their names: what is written to a deleted file
// is lost when it is closed, and nothing else would tell. sqlite_store asks before it commits.

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace iothub::storage {

class opened_files {
public:
    // Files that exist now. std::filesystem::filesystem_error where one does not.
    explicit opened_files(const std::vector<std::filesystem::path>& files,
                          std::chrono::milliseconds interval = std::chrono::seconds(1));

    // What is wrong with one of them; nothing when all is well. Looks once an interval at most.
    std::optional<std::string> fault();

private:
    struct file {
        std::filesystem::path name;
        dev_t device;
        ino_t number;
    };

    std::optional<std::string> look() const;

    std::vector<file> files_;
    std::chrono::milliseconds interval_;
    std::chrono::steady_clock::time_point looked_;
    std::optional<std::string> found_;
};

} // namespace iothub::storage
