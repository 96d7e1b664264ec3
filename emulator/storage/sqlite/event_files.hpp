#pragma once
// The bytes of event blocks, in files beside hub.db: SQLite would write them twice, page by page. A
// partition has files of its own, "telemetry/PARTITION-NUMBER", and appends to the last. Which
// bytes count is said by the rows of event_table, which calls this. Everything throws store_fault
// unless it says noexcept.

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/storage/sqlite/disk_calls.hpp"

namespace iothub::storage {

class opened_files;

// Where a block is: bytes of a file from a position on.
struct event_place {
    std::uint64_t file = 0;
    std::uint64_t position = 0;
    std::uint64_t bytes = 0;

    // Where the next block of its partition goes.
    event_place next(std::uint64_t bytes_of_next) const;
};

class event_files {
public:
    static constexpr std::uint64_t max_file_bytes = 8 << 20; // unless a single block has more

    // `synced`: what is written lasts over a loss of power from prepare_commit() on. The folder is
    // made when something is written, and held open: nothing is ever written into one that takes
    // its place. `watched`, which outlives this, is told of what is open.
    event_files(std::filesystem::path folder, bool synced, opened_files& watched,
                const disk_calls& disk = {});

    void write(std::uint32_t partition, const event_place& where, std::string_view bytes);

    // Nothing where bytes are missing. A fault is the disk's: the next attempt may succeed.
    std::optional<std::string> read(std::uint32_t partition, const event_place& where);

    // Before the commit of the rows. After a write that failed there is no commit until as much
    // can be written there: a hub with room for its rows only is not well.
    void prepare_commit();

    // After the commit that no longer names them: the files before `first`.
    void remove_before(std::uint32_t partition, std::uint64_t first) noexcept;

    // When the hub starts: the partitions that have files; and removes those files of one that are
    // not from `first` to `last`, which a crash may leave.
    std::vector<std::uint32_t> partitions() const;
    void keep_only(std::uint32_t partition, std::uint64_t first, std::uint64_t last);
    void remove_all(std::uint32_t partition);

    // Bytes of a file; 0 where it is not there.
    std::uint64_t size(std::uint32_t partition, std::uint64_t file) const;

private:
    // A descriptor that is closed with it.
    class open_file {
    public:
        open_file() = default;
        open_file(std::uint64_t number, int descriptor)
            : number_(number)
            , descriptor_(descriptor) {}
        open_file(open_file&& other) noexcept { swap(other); }
        open_file& operator=(open_file&& other) noexcept {
            swap(other);
            return *this;
        }
        ~open_file();

        bool is_open() const { return descriptor_ >= 0; }
        bool is(std::uint64_t number) const { return is_open() && number_ == number; }
        std::uint64_t number() const { return number_; }
        int descriptor() const { return descriptor_; }

    private:
        void swap(open_file& other) noexcept;

        std::uint64_t number_ = 0;
        int descriptor_ = -1;
    };
    struct partition_files {
        open_file written;
        open_file read;
        std::uint64_t oldest = 0; // no file has a lower number
        bool unsynced = false;
    };

    std::filesystem::path path(std::uint32_t partition, std::uint64_t file) const;
    void open_folder();
    void watch(const std::filesystem::path& name, const open_file& opened);
    void make_folder();
    void open_for_writing(std::uint32_t partition, std::uint64_t file);
    const open_file* find_for_reading(std::uint32_t partition, std::uint64_t file);
    void write_bytes(int descriptor, std::uint64_t position, std::string_view bytes,
                     const std::filesystem::path& name);
    void sync();
    void sync_folders() const;
    void remove(std::uint32_t partition, std::uint64_t file) const noexcept;
    template <class Chosen>
    void remove_if(std::uint32_t partition, Chosen chosen);

    std::filesystem::path folder_;
    bool synced_;
    opened_files& watched_;
    disk_calls disk_;
    open_file data_folder_;
    open_file opened_folder_;
    std::map<std::uint32_t, partition_files> partitions_;
    std::optional<std::pair<std::uint32_t, event_place>> failed_; // the last write
};

} // namespace iothub::storage
