#include "durability/tight_disk.hpp"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace iothub::test {

namespace {

constexpr const char* size_option = "size=8m,mode=0700";

void limit_files(pid_t pid, rlim_t bytes) {
    rlimit limit{};
    if (::prlimit(pid, RLIMIT_FSIZE, nullptr, &limit) != 0) {
        throw std::runtime_error("the process has no limits");
    }
    limit.rlim_cur = bytes;
    ::prlimit(pid, RLIMIT_FSIZE, &limit, nullptr);
}

} // namespace

small_file_system::small_file_system(const std::filesystem::path& folder)
    : place_(folder / "data") {
    std::filesystem::create_directories(place_);
    mounted_ = ::mount("none", place_.c_str(), "tmpfs", 0, size_option) == 0;
    if (!mounted_) {
        why_not_ = std::string("a file system of the test's own cannot be mounted (") +
                   std::strerror(errno) + "): skipped";
    }
}

small_file_system::~small_file_system() {
    if (mounted_) {
        ::umount2(place_.c_str(), MNT_DETACH);
    }
}

void small_file_system::fill() {
    const int file = ::open((place_ / "filler").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    const std::string bytes(4096, 'x');
    while (::write(file, bytes.data(), bytes.size()) > 0) {
    }
    ::close(file);
}

void small_file_system::make_room() {
    std::filesystem::remove(place_ / "filler");
}

void small_file_system::make_read_only() {
    if (::mount("none", place_.c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, size_option) != 0) {
        throw std::runtime_error("the file system stays writable");
    }
}

file_size_limit::file_size_limit(pid_t pid, std::size_t bytes)
    : pid_(pid) {
    limit_files(pid, bytes);
}

file_size_limit::~file_size_limit() {
    limit_files(pid_, RLIM_INFINITY);
}

} // namespace iothub::test
