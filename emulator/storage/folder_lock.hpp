#pragma once
// One hub a data folder: holds a lock on `hub.lock` in it, with this process's pid inside, until it
// is destroyed. The kernel lets go of it however the process ends.

#include <filesystem>
#include <memory>

#include "common/result.hpp"

namespace iothub::storage {

class folder_lock {
public:
    // The folder must exist. The error's message names the folder, and the pid that holds it or
    // why its files cannot be written.
    static result<std::unique_ptr<folder_lock>> take(const std::filesystem::path& folder);

    ~folder_lock();
    folder_lock(const folder_lock&) = delete;
    folder_lock& operator=(const folder_lock&) = delete;

private:
    explicit folder_lock(int descriptor)
        : descriptor_(descriptor) {}

    int descriptor_;
};

} // namespace iothub::storage
