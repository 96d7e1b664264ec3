// The data folder: made, private, and one hub's at a time.
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "contract/child_process.hpp"
#include "contract/store_subject.hpp"
#include "emulator/storage/network_file_system.hpp"
#include "support/recording_log.hpp"

using namespace iothub;
using namespace iothub::testing;
using Catch::Matchers::Contains;

namespace {

mode_t mode_of(const std::filesystem::path& file) {
    struct stat status{};
    REQUIRE(::stat(file.c_str(), &status) == 0);
    return status.st_mode & 0777;
}

std::string refusal_of(const std::filesystem::path& folder) {
    const auto opened = storage::open_sqlite_store(folder, storage::durability::process);
    REQUIRE_FALSE(opened);
    return opened.error().message;
}

} // namespace

TEST_CASE("a missing folder is made, and all in it is for its owner only") {
    temporary_folder folder;
    const auto place = folder / "some/where";
    const auto store = open_store(place);
    store->put_record("one", "1");
    store->append_events(0, make_block(0, 1, 0, "bytes"));
    REQUIRE(store->commit());
    CHECK(mode_of(place) == 0700);
    CHECK(mode_of(place / "telemetry") == 0700);
    for (const char* name : {"hub.db", "hub.db-wal", "hub.lock", "telemetry/0-0"}) {
        INFO(name);
        CHECK(mode_of(place / name) == 0600);
    }
    CHECK_FALSE(std::filesystem::exists(place / "hub.db.new"));
}

TEST_CASE("a folder may be named with a slash, white space and characters of URIs") {
    temporary_folder folder;
    for (const char* name : {"plain/", "with space/", "50%25?mode=ro#\xC3\xA4"}) {
        const auto place = folder.path() / name;
        open_store(place)->commit();
        open_store(place)->commit();
        CHECK(std::filesystem::exists(place / "hub.db"));
    }
}

TEST_CASE("what a crash left of a database in the making is no hindrance") {
    temporary_folder folder;
    write_bytes(folder / "hub.db.new", "half of it");
    write_bytes(folder / "hub.db.new-journal", "of another");
    open_store(folder.path());
    CHECK_FALSE(std::filesystem::exists(folder / "hub.db.new"));
    open_store(folder.path());
}

TEST_CASE("a place that cannot be a folder is refused") {
    temporary_folder folder;
    write_bytes(folder / "file", "content");
    CHECK_THAT(refusal_of(folder / "file"), Contains("file cannot be made (it is a file)"));
    CHECK_THAT(refusal_of(folder / "file/below"), Contains("cannot be made (Not a directory)"));
    CHECK(bytes_of(folder / "file") == "content");
}

// In a child, which gives up being root where it is: root may write everywhere.
TEST_CASE("a folder without leave to write is refused") {
    temporary_folder folder;
    ::chmod(folder.path().c_str(), 0500);
    child_process stranger([&](const auto& report) {
        const bool changed = ::geteuid() != 0 || ::setuid(65534) == 0;
        const auto opened = storage::open_sqlite_store(folder.path(), storage::durability::process);
        report(changed && !opened &&
               opened.error().message.starts_with("the data folder " + folder.path().string() +
                                                  " cannot be written (Permission denied)"));
    });
    CHECK(stranger.next_report() == 1U);
    CHECK(std::filesystem::is_empty(folder.path()));
    ::chmod(folder.path().c_str(), 0700);
}

TEST_CASE("a folder in use is refused with the pid that holds it") {
    temporary_folder folder;
    child_process other([&](const auto& report) {
        const auto store = open_store(folder.path());
        report(1);
        ::pause();
    });
    REQUIRE(other.next_report());
    CHECK_THAT(refusal_of(folder.path()),
               Contains("the data folder " + folder.path().string() +
                        " is in use by the hub with pid " + std::to_string(other.pid()) + ":"));
    other.kill();
    CHECK(open_store(folder.path()));
}

TEST_CASE("a folder in use by this process is refused until its store is gone") {
    temporary_folder folder;
    auto store = open_store(folder.path());
    CHECK_THAT(refusal_of(folder.path()), Contains("pid " + std::to_string(::getpid()) + ":"));
    store.reset();
    CHECK(open_store(folder.path()));
}

TEST_CASE("file systems of other machines are known by their numbers") {
    using storage::network_file_system;
    CHECK(network_file_system(0x6969) == "NFS");
    for (const std::int64_t type : {0x517bLL, 0xff534d42LL, 0xfe534d42LL}) {
        CHECK(network_file_system(type) == "SMB");
        CHECK(network_file_system(static_cast<std::int32_t>(type)) == "SMB"); // of 32-bit machines
    }
    CHECK(network_file_system(0x01021997) == "9p");
    for (const std::int64_t type : {0xef53, 0x58465342, 0x01021994, 0x794c7630, 0}) {
        CHECK_FALSE(network_file_system(type)); // ext4, XFS, tmpfs, overlayfs
    }
}

TEST_CASE("all in a data folder is for its owner only, whatever the umask lets through") {
    temporary_folder folder;
    const auto place = folder / "data";
    const mode_t before = ::umask(0);
    const auto store = open_store(place);
    store->put_record("one", "1");
    store->append_events(0, make_block(0, 1, 0, "bytes"));
    const bool kept = store->commit().has_value();
    ::umask(before);
    REQUIRE(kept);
    CHECK(mode_of(place) == 0700);
    std::size_t files = 0;
    for (const auto& one : std::filesystem::recursive_directory_iterator(place)) {
        INFO(one.path());
        files += one.is_directory() ? 0 : 1;
        CHECK(mode_of(one.path()) == (one.is_directory() ? 0700 : 0600));
    }
    CHECK(files >= 4);
}

TEST_CASE("a folder on a network is opened with one warning") {
    temporary_folder folder;
    test::recording_log log;
    storage::disk_calls disk;
    disk.file_system = [](const char*, struct statfs* found) {
        found->f_type = 0x6969;
        return 0;
    };
    const auto opened =
        storage::open_sqlite_store(folder.path(), storage::durability::process, &log, disk);
    REQUIRE(opened);
    REQUIRE(log.lines().size() == 1);
    CHECK(log.lines()[0].level == log_level::warning);
    CHECK_THAT(log.lines()[0].text,
               Contains("the data folder " + folder.path().string() + " is on a network (NFS)"));
}

TEST_CASE("a folder of which the file system is not told is opened without a word") {
    temporary_folder folder;
    test::recording_log log;
    storage::disk_calls disk;
    disk.file_system = [](const char*, struct statfs* found) {
        found->f_type = 0x6969;
        return -1;
    };
    CHECK(storage::open_sqlite_store(folder.path(), storage::durability::process, &log, disk));
    CHECK(log.lines().empty());
}

TEST_CASE("a folder is opened without a word, unless it is on a network") {
    temporary_folder folder;
    test::recording_log log;
    open_store(folder.path(), &log);
    struct statfs found{};
    REQUIRE(::statfs(folder.path().c_str(), &found) == 0);
    const bool is_on_network = storage::network_file_system(found.f_type).has_value();
    CHECK(log.lines().empty() == !is_on_network);
}
