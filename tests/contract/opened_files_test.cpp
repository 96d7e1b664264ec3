#include "emulator/storage/opened_files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "contract/store_subject.hpp"

using namespace iothub;
using namespace iothub::testing;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using storage::opened_files;

namespace {

struct two_files {
    two_files() {
        write_bytes(folder / "a", "1");
        write_bytes(folder / "b", "2");
    }
    std::string fault() { return files().fault().value_or(""); }
    opened_files& files() {
        if (!opened) {
            opened.emplace(0ms);
            opened->watch(folder / "a");
            opened->watch(folder / "b");
        }
        return *opened;
    }

    temporary_folder folder;
    std::optional<opened_files> opened;
};

} // namespace

TEST_CASE("files that are where they were are well, whatever is written to them") {
    two_files t;
    CHECK(t.fault().empty());
    write_bytes(t.folder / "b", "more");
    CHECK(t.fault().empty());
}

TEST_CASE("a file that is gone, or another one, is named; one that comes back is well again") {
    two_files t;
    CHECK(t.fault().empty());
    std::filesystem::rename(t.folder / "b", t.folder / "c");
    CHECK_THAT(t.fault(), Contains((t.folder / "b").string() + " is gone (No such file"));
    write_bytes(t.folder / "b", "2");
    CHECK_THAT(t.fault(), Contains((t.folder / "b").string() + " was replaced"));
    std::filesystem::rename(t.folder / "c", t.folder / "b");
    CHECK(t.fault().empty());
}

TEST_CASE("files are looked at once an interval only") {
    two_files t;
    opened_files seldom(std::chrono::hours(1));
    seldom.watch(t.folder / "a");
    std::filesystem::remove(t.folder / "a");
    CHECK_FALSE(seldom.fault());
}

TEST_CASE("a file that is not there cannot have been opened") {
    temporary_folder folder;
    opened_files files;
    CHECK_THROWS_AS(files.watch(folder / "a"), std::filesystem::filesystem_error);
}

TEST_CASE("what is open is the one to be found, also where it is not from the beginning") {
    two_files t;
    opened_files files(0ms);
    const int open = ::open((t.folder / "a").c_str(), O_RDONLY | O_CLOEXEC);
    files.watch(t.folder / "a", open);
    CHECK_FALSE(files.fault());
    files.watch(t.folder / "b", open);
    CHECK_THAT(files.fault().value_or(""), Contains("b was replaced"));
    ::close(open);
}

TEST_CASE("a file that is forgotten may go") {
    two_files t;
    CHECK(t.fault().empty());
    std::filesystem::remove(t.folder / "a");
    t.files().forget(t.folder / "a");
    CHECK(t.fault().empty());
    t.files().forget(t.folder / "unknown");
    std::filesystem::remove(t.folder / "b");
    CHECK_THAT(t.fault(), Contains("b is gone"));
}

TEST_CASE("a folder can be watched, too") {
    temporary_folder folder;
    std::filesystem::create_directory(folder / "inner");
    opened_files files(0ms);
    files.watch(folder / "inner");
    write_bytes(folder / "inner/file", "1");
    CHECK_FALSE(files.fault());
    std::filesystem::rename(folder / "inner", folder / "outer");
    CHECK_THAT(files.fault().value_or(""), Contains("inner is gone"));
}
