#include "emulator/storage/folder_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>

namespace iothub::storage {

namespace {

std::string reason_of(int code) {
    return std::generic_category().message(code);
}

// The digits that the holder wrote, or nothing where it is only just starting.
std::string holder_of(int descriptor) {
    std::array<char, 20> text{};
    const auto size = ::pread(descriptor, text.data(), text.size(), 0);
    const std::string_view read(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    return std::string(read.substr(0, read.find_first_not_of("0123456789")));
}

result<> write_pid(int descriptor) {
    const std::string pid = std::to_string(::getpid()) + "\n";
    if (::ftruncate(descriptor, 0) != 0 ||
        ::pwrite(descriptor, pid.data(), pid.size(), 0) != static_cast<ssize_t>(pid.size())) {
        return error{errc::server_error, reason_of(errno)};
    }
    return {};
}

error in_use(const std::string& folder, const std::string& holder) {
    return {errc::server_error,
            "the data folder " + folder + " is in use by " +
                (holder.empty() ? std::string("another hub") : "the hub with pid " + holder) +
                ": stop that hub, or choose another --data-dir"};
}

error not_writable(const std::string& folder, const std::string& reason) {
    return {errc::server_error, "the data folder " + folder + " cannot be written (" + reason +
                                    "): make it writable, or choose another --data-dir"};
}

} // namespace

result<std::unique_ptr<folder_lock>> folder_lock::take(const std::filesystem::path& folder) {
    const int descriptor =
        ::open((folder / "hub.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) {
        return not_writable(folder.string(), reason_of(errno));
    }
    std::unique_ptr<folder_lock> lock(new folder_lock(descriptor));
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        return errno == EWOULDBLOCK ? in_use(folder.string(), holder_of(descriptor))
                                    : not_writable(folder.string(), reason_of(errno));
    }
    if (const auto written = write_pid(descriptor); !written) {
        return not_writable(folder.string(), written.error().message);
    }
    return lock;
}

folder_lock::~folder_lock() {
    ::flock(descriptor_, LOCK_UN); // a child of fork() may have it open as well
    ::close(descriptor_);
}

} // namespace iothub::storage
