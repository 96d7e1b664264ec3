#include "emulator/net/certificates/atomic_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace iothub::net {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_file = 1024 * 1024;

class descriptor {
public:
    explicit descriptor(int number)
        : number_(number) {}
    ~descriptor() {
        if (number_ >= 0)
            ::close(number_);
    }
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;

    operator int() const { return number_; }

private:
    int number_;
};

// To be called before anything else can change errno.
error system_failure(const fs::path& path, const char* what) {
    const int reason = errno;
    return {errc::server_error, path.string() + " " + what + ": " + std::strerror(reason), {}};
}

bool write_all(int file, std::string_view content) {
    while (!content.empty()) {
        const ssize_t written = ::write(file, content.data(), content.size());
        if (written < 0 && errno != EINTR)
            return false;
        content.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
    }
    return true;
}

bool create(const fs::path& path, std::string_view content, mode_t mode) {
    ::unlink(path.c_str()); // what an interrupted attempt may have left
    const descriptor file(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode));
    return file >= 0 && ::fchmod(file, mode) == 0 && write_all(file, content) && ::fsync(file) == 0;
}

bool sync_folder(const fs::path& folder) {
    const descriptor file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return file >= 0 && ::fsync(file) == 0;
}

} // namespace

result<> write_file_atomically(const fs::path& path, std::string_view content, mode_t mode) {
    fs::path temporary = path;
    temporary += ".new";
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    if (create(temporary, content, mode) && std::rename(temporary.c_str(), path.c_str()) == 0 &&
        sync_folder(folder))
        return {};
    const error failure = system_failure(path, "cannot be written");
    ::unlink(temporary.c_str());
    return failure;
}

result<std::optional<std::string>> read_small_file(const fs::path& path) {
    const descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file < 0 && errno == ENOENT)
        return std::optional<std::string>();
    if (file < 0)
        return system_failure(path, "cannot be read");
    std::string content(largest_file + 1, '\0');
    std::size_t size = 0;
    while (size < content.size()) {
        const ssize_t count = ::read(file, content.data() + size, content.size() - size);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return system_failure(path, "cannot be read");
        if (count == 0)
            break;
        size += static_cast<std::size_t>(count);
    }
    if (size > largest_file)
        return error{errc::server_error, path.string() + " is larger than 1 MiB", {}};
    content.resize(size);
    return std::optional<std::string>(std::move(content));
}

} // namespace iothub::net
