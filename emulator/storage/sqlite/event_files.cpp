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
#include "emulator/storage/opened_files.hpp"

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

std::string name_of(std::uint32_t partition, std::uint64_t file) {
    return std::to_string(partition) + "-" + std::to_string(file);
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
    if (missing && missing != std::errc::no_such_file_or_directory) {
        throw fault("cannot read", folder, missing.value());
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

event_files::event_files(fs::path folder, bool synced, opened_files& watched,
                         const disk_calls& disk)
    : folder_(std::move(folder))
    , synced_(synced)
    , watched_(watched)
    , disk_(disk) {
    const fs::path above = folder_.parent_path();
    data_folder_ = open_file(0, ::open(above.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!data_folder_.is_open()) {
        throw fault("cannot open", above, errno);
    }
    open_folder();
    for (const file_name& name : files_in(folder_)) {
        partitions_.try_emplace(name.partition);
    }
}

fs::path event_files::path(std::uint32_t partition, std::uint64_t file) const {
    return folder_ / name_of(partition, file);
}

void event_files::open_folder() {
    opened_folder_ = open_file(0, ::openat(data_folder_.descriptor(), folder_.filename().c_str(),
                                           O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened_folder_.is_open()) {
        watch(folder_, opened_folder_);
    } else if (errno != ENOENT) {
        throw fault("cannot open", folder_, errno); // its events are not lost
    }
}

void event_files::watch(const fs::path& name, const open_file& opened) {
    try {
        watched_.watch(name, opened.descriptor());
    } catch (const fs::filesystem_error& failure) {
        throw fault("cannot watch", name, failure.code().value());
    }
}

void event_files::make_folder() {
    if (opened_folder_.is_open()) {
        return;
    }
    const fs::path name = folder_.filename();
    if (::mkdirat(data_folder_.descriptor(), name.c_str(), 0700) != 0 && errno != EEXIST) {
        throw fault("cannot make", folder_, errno);
    }
    open_folder();
    if (!opened_folder_.is_open()) {
        throw fault("cannot open", folder_, errno);
    }
}

void event_files::open_for_writing(std::uint32_t partition, std::uint64_t file) {
    make_folder();
    open_file opened(file, disk_.open(opened_folder_.descriptor(), name_of(partition, file).c_str(),
                                      O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!opened.is_open()) {
        throw fault("cannot open", path(partition, file), errno);
    }
    sync(); // what the file before still owes
    sync_folders();
    partition_files& its = partitions_[partition];
    watch(path(partition, file), opened);
    if (its.written.is_open()) {
        watched_.forget(path(partition, its.written.number()));
    }
    its.written = std::move(opened);
    its.oldest = std::min(its.oldest, file);
}

void event_files::sync_folders() const {
    for (const open_file* changed : {&opened_folder_, &data_folder_}) {
        if (synced_ && disk_.sync_folder(changed->descriptor()) != 0) {
            throw fault("cannot sync", folder_, errno);
        }
    }
}

void event_files::write(std::uint32_t partition, const event_place& where, std::string_view bytes) {
    failed_.emplace(partition, where);
    if (!partitions_[partition].written.is(where.file)) {
        open_for_writing(partition, where.file);
    }
    partition_files& its = partitions_[partition];
    its.unsynced = true;
    write_bytes(its.written.descriptor(), where.position, bytes, path(partition, where.file));
    failed_.reset();
}

void event_files::write_bytes(int descriptor, std::uint64_t position, std::string_view bytes,
                              const fs::path& name) {
    while (!bytes.empty()) {
        const ssize_t count =
            disk_.write(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(position));
        if (count == 0 || (count < 0 && errno != EINTR)) {
            throw fault("cannot write", name, count == 0 ? ENOSPC : errno);
        }
        if (count > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(count));
            position += static_cast<std::uint64_t>(count);
        }
    }
}

const event_files::open_file* event_files::find_for_reading(std::uint32_t partition,
                                                            std::uint64_t file) {
    partition_files& its = partitions_[partition];
    if (its.written.is(file)) {
        return &its.written;
    }
    if (!its.read.is(file)) {
        open_file opened(file,
                         disk_.open(opened_folder_.descriptor(), name_of(partition, file).c_str(),
                                    O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0));
        if (!opened.is_open()) {
            if (errno != ENOENT) {
                throw fault("cannot read", path(partition, file), errno);
            }
            return nullptr;
        }
        its.read = std::move(opened);
    }
    return &its.read;
}

std::optional<std::string> event_files::read(std::uint32_t partition, const event_place& where) {
    const open_file* from =
        opened_folder_.is_open() ? find_for_reading(partition, where.file) : nullptr;
    if (from == nullptr) {
        return std::nullopt;
    }
    std::string bytes(where.bytes, '\0');
    std::size_t filled = 0;
    while (filled < bytes.size()) {
        const ssize_t count =
            disk_.read(from->descriptor(), bytes.data() + filled, bytes.size() - filled,
                       static_cast<off_t>(where.position + filled));
        if (count == 0) {
            return std::nullopt;
        }
        if (count < 0 && errno != EINTR) {
            throw fault("cannot read", path(partition, where.file), errno);
        }
        filled += count > 0 ? static_cast<std::size_t>(count) : 0;
    }
    return bytes;
}

void event_files::prepare_commit() {
    if (const auto again = failed_) {
        write(again->first, again->second, std::string(again->second.bytes, '\0'));
    }
    sync();
}

void event_files::sync() {
    for (auto& [partition, its] : partitions_) {
        if (its.unsynced && synced_ && disk_.sync(its.written.descriptor()) != 0) {
            throw fault("cannot sync", path(partition, its.written.number()), errno);
        }
        its.unsynced = false;
    }
}

void event_files::remove(std::uint32_t partition, std::uint64_t file) const noexcept {
    ::unlinkat(opened_folder_.descriptor(), name_of(partition, file).c_str(), 0);
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
        remove(partition, its.oldest);
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
            remove(partition, name.file);
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
    if (::fstatat(opened_folder_.descriptor(), name_of(partition, file).c_str(), &found, 0) == 0) {
        return static_cast<std::uint64_t>(found.st_size);
    }
    if (opened_folder_.is_open() && errno != ENOENT) {
        throw fault("cannot look at", path(partition, file), errno);
    }
    return 0;
}

} // namespace iothub::storage
