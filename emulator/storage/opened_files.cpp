#include "emulator/storage/opened_files.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <system_error>

namespace iothub::storage {

opened_files::opened_files(std::chrono::milliseconds interval)
    : interval_(interval)
    , looked_(std::chrono::steady_clock::now()) {}

void opened_files::watch(const std::filesystem::path& name) {
    struct stat found{};
    add(name, ::stat(name.c_str(), &found), found);
}

void opened_files::watch(const std::filesystem::path& name, int descriptor) {
    struct stat found{};
    add(name, ::fstat(descriptor, &found), found);
}

void opened_files::add(const std::filesystem::path& name, int outcome, const struct stat& found) {
    if (outcome != 0) {
        throw std::filesystem::filesystem_error("cannot be found", name,
                                                std::error_code(errno, std::generic_category()));
    }
    files_.push_back({name, found.st_dev, found.st_ino});
}

void opened_files::forget(const std::filesystem::path& name) {
    std::erase_if(files_, [&](const file& one) { return one.name == name; });
}

std::optional<std::string> opened_files::fault() {
    const auto now = std::chrono::steady_clock::now();
    if (now - looked_ >= interval_) {
        looked_ = now;
        found_ = look();
    }
    return found_;
}

std::optional<std::string> opened_files::look() const {
    for (const file& one : files_) {
        struct stat now{};
        if (::stat(one.name.c_str(), &now) != 0) {
            return one.name.string() + " is gone (" + std::generic_category().message(errno) +
                   "): stop the hub, and start it with a folder that stays";
        }
        if (now.st_dev != one.device || now.st_ino != one.number) {
            return one.name.string() +
                   " was replaced by another file: stop the hub before its folder is changed";
        }
    }
    return std::nullopt;
}

} // namespace iothub::storage
