#include "emulator/storage/sqlite/event_files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <optional>
#include <system_error>
#include <utility>

#include "emulator/core/store.hpp"

namespace iothub::storage {

namespace fs = std::filesystem;

namespace {

core::store_fault fault(const char* what, const fs::path& file, int code) {
    return core::store_fault(std::string(what) + " " + file.string() + " (" +
                             std::generic_category().message(code) + ")");
}

struct file_name {
    std::uint32_t partition = 0;
    std::uint64_t file = 0;
};

// "3-17"; nothing for what is none of ours.
std::optional<file_name> parse(const std::string& text) {
    file_name name;
    const char* end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, name.partition);
    if (first.ec != std::errc{} || first.ptr == end || *first.ptr != '-') {
        return std::nullopt;
    }
    const auto second = std::from_chars(first.ptr + 1, end, name.file);
    return second.ec == std::errc{} && second.ptr == end ? std::optional(name) : std::nullopt;
}

std::vector<file_name> files_in(const fs::path& folder) {
    std::vector<file_name> found;
    std::error_code missing;
    for (fs::directory_iterator one(folder, missing), end; !missing && one != end;
         one.increment(missing)) {
        if (const auto name = parse(one->path().filename().string())) {
            found.push_back(*name);
        }
    }
    return found;
}

} // namespace

event_place event_place::next(std::uint64_t bytes_of_next) const {
    const std::uint64_t end = position + bytes;
    return end == 0 || end + bytes_of_next <= event_files::max_file_bytes
               ? event_place{file, end, bytes_of_next}
               : event_place{file + 1, 0, bytes_of_next};
}

event_files::open_file::~open_file() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

void event_files::open_file::swap(open_file& other) noexcept {
    std::swap(number_, other.number_);
    std::swap(descriptor_, other.descriptor_);
}

event_files::event_files(fs::path folder, bool synced, std::chrono::milliseconds look_interval)
    : folder_(std::move(folder))
    , synced_(synced)
    , look_interval_(look_interval)
    , looked_(std::chrono::steady_clock::now()) {
    for (const file_name& name : files_in(folder_)) {
        partitions_.try_emplace(name.partition);
    }
}

fs::path event_files::path(std::uint32_t partition, std::uint64_t file) const {
    return folder_ / (std::to_string(partition) + "-" + std::to_string(file));
}

void event_files::open_for_writing(std::uint32_t partition, std::uint64_t file) {
    constexpr int flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW;
    const fs::path name = path(partition, file);
    int descriptor = ::open(name.c_str(), flags, 0600);
    if (descriptor < 0 && errno == ENOENT) {
        if (::mkdir(folder_.c_str(), 0700) != 0 && errno != EEXIST) {
            throw fault("cannot make", folder_, errno);
        }
        descriptor = ::open(name.c_str(), flags, 0600);
    }
    if (descriptor < 0) {
        throw fault("cannot open", name, errno);
    }
    open_file opened(file, descriptor);
    sync(); // what the file before still owes
    partition_files& its = partitions_[partition];
    its.written = std::move(opened);
    its.oldest = std::min(its.oldest, file);
    sync_folder();
}

void event_files::sync_folder() const {
    if (!synced_) {
        return;
    }
    for (const fs::path& changed : {folder_, folder_.parent_path()}) {
        const open_file opened(0, ::open(changed.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (opened.descriptor() < 0 || ::fsync(opened.descriptor()) != 0) {
            throw fault("cannot sync", changed, errno);
        }
    }
}

// What is written to a deleted file is lost when it is closed.
void event_files::check_names() {
    const auto now = std::chrono::steady_clock::now();
    if (now - looked_ < look_interval_) {
        return;
    }
    for (const auto& [partition, its] : partitions_) {
        struct stat found{};
        const int descriptor = its.written.descriptor();
        if (descriptor >= 0 && (::fstat(descriptor, &found) != 0 || found.st_nlink == 0)) {
            throw core::store_fault(path(partition, its.written.number()).string() +
                                    " is gone: stop the hub, and start it with a folder that "
                                    "stays");
        }
    }
    looked_ = now;
}

void event_files::write(std::uint32_t partition, const event_place& where, std::string_view bytes) {
    if (!partitions_[partition].written.is(where.file)) {
        open_for_writing(partition, where.file);
    }
    check_names();
    partition_files& its = partitions_[partition];
    its.unsynced = true;
    auto position = static_cast<off_t>(where.position);
    while (!bytes.empty()) {
        const ssize_t count =
            ::pwrite(its.written.descriptor(), bytes.data(), bytes.size(), position);
        if (count < 0 && errno != EINTR) {
            throw fault("cannot write", path(partition, where.file), errno);
        }
        if (count > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(count));
            position += count;
        }
    }
}

std::string event_files::read(std::uint32_t partition, const event_place& where) {
    partition_files& its = partitions_[partition];
    const fs::path name = path(partition, where.file);
    if (!its.written.is(where.file) && !its.read.is(where.file)) {
        its.read = open_file(where.file, ::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
        if (!its.read.is(where.file)) {
            throw fault("cannot read", name, errno);
        }
    }
    const open_file& from = its.written.is(where.file) ? its.written : its.read;
    std::string bytes(where.bytes, '\0');
    std::size_t filled = 0;
    while (filled < bytes.size()) {
        const ssize_t count =
            ::pread(from.descriptor(), bytes.data() + filled, bytes.size() - filled,
                    static_cast<off_t>(where.position + filled));
        if (count == 0) {
            throw core::store_fault("the end of " + name.string() + " is missing");
        }
        if (count < 0 && errno != EINTR) {
            throw fault("cannot read", name, errno);
        }
        filled += count > 0 ? static_cast<std::size_t>(count) : 0;
    }
    return bytes;
}

void event_files::sync() {
    for (auto& [partition, its] : partitions_) {
        if (std::exchange(its.unsynced, false) && synced_ &&
            ::fdatasync(its.written.descriptor()) != 0) {
            throw fault("cannot sync", path(partition, its.written.number()), errno);
        }
    }
}

void event_files::remove_before(std::uint32_t partition, std::uint64_t first) noexcept {
    const auto found = partitions_.find(partition);
    if (found == partitions_.end()) {
        return;
    }
    partition_files& its = found->second;
    if (its.read.number() < first) {
        its.read = {};
    }
    for (; its.oldest < first; ++its.oldest) {
        if (its.written.is(its.oldest)) {
            return; // the next block may still go into it
        }
        ::unlink(path(partition, its.oldest).c_str());
    }
}

std::vector<std::uint32_t> event_files::partitions() const {
    std::vector<std::uint32_t> numbers;
    for (const auto& [number, its] : partitions_) {
        numbers.push_back(number);
    }
    return numbers;
}

template <class Chosen>
void event_files::remove_if(std::uint32_t partition, Chosen chosen) {
    for (const file_name& name : files_in(folder_)) {
        if (name.partition == partition && chosen(name.file)) {
            ::unlink(path(partition, name.file).c_str());
        }
    }
}

void event_files::keep_only(std::uint32_t partition, std::uint64_t first, std::uint64_t last) {
    remove_if(partition, [=](std::uint64_t file) { return file < first || file > last; });
    partitions_[partition].oldest = first;
}

void event_files::remove_all(std::uint32_t partition) {
    remove_if(partition, [](std::uint64_t) { return true; });
}

std::uint64_t event_files::size(std::uint32_t partition, std::uint64_t file) const {
    struct stat found{};
    return ::stat(path(partition, file).c_str(), &found) == 0
               ? static_cast<std::uint64_t>(found.st_size)
               : 0;
}

} // namespace iothub::storage
