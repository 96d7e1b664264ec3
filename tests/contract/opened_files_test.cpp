#include "emulator/storage/opened_files.hpp"

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
            opened.emplace(std::vector{folder / "a", folder / "b"}, 0ms);
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
    opened_files seldom({t.folder / "a"}, std::chrono::hours(1));
    std::filesystem::remove(t.folder / "a");
    CHECK_FALSE(seldom.fault());
}

TEST_CASE("a file that is not there cannot have been opened") {
    temporary_folder folder;
    CHECK_THROWS_AS(opened_files({folder / "a"}), std::filesystem::filesystem_error);
}
