#pragma once
// The bytes of event blocks, in files beside hub.db: SQLite would write them twice, page by page. A
// partition has files of its own, "telemetry/PARTITION-NUMBER", and appends to the last. Which
// bytes count is said by the rows of event_table, which calls this. Everything throws store_fault
// unless it says noexcept.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace iothub::storage {

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

    // `synced`: what is written lasts over a loss of power from sync() on. The folder is made when
    // something is written. Once an interval write() looks whether its files are still there.
    event_files(std::filesystem::path folder, bool synced,
                std::chrono::milliseconds look_interval = std::chrono::seconds(1));

    void write(std::uint32_t partition, const event_place& where, std::string_view bytes);
    std::string read(std::uint32_t partition, const event_place& where);

    // Before the commit of the rows.
    void sync();

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

        bool is(std::uint64_t number) const { return descriptor_ >= 0 && number_ == number; }
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
    void open_for_writing(std::uint32_t partition, std::uint64_t file);
    void sync_folder() const;
    void check_names();
    template <class Chosen>
    void remove_if(std::uint32_t partition, Chosen chosen);

    std::filesystem::path folder_;
    bool synced_;
    std::chrono::milliseconds look_interval_;
    std::chrono::steady_clock::time_point looked_;
    std::map<std::uint32_t, partition_files> partitions_;
};

} // namespace iothub::storage
