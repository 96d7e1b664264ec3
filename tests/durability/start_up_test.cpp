// A hub that is started on a disk that is full or read-only, or on a database with a damaged row or
// with another program's journal beside it.

#include <sqlite3.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

#include "common/json.hpp"
#include "durability/hub_access.hpp"
#include "durability/tight_disk.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace iothub;
using durability::hub_access;

namespace {

std::string content(const std::filesystem::path& file) {
    std::ifstream input(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(input), {}};
}

// A hub with two devices, killed so that they stand in its log only.
void make_data(const test::temporary_folder& folder) {
    test::hub_process hub(folder.path());
    hub_access(hub).registry().add_device({.device_id = "a"});
    hub_access(hub).registry().add_device({.device_id = "b"});
    hub.kill();
}

void check_refusal(const test::temporary_folder& folder, const std::string& part) {
    const auto ended = test::run_program({"--data-dir", folder / "data", "--https-port", "0",
                                          "--mqtts-port", "0", "--amqps-port", "0", "--amqp-port",
                                          "0", "--management-port", "0", "--log-level", "error"});
    CHECK(ended.exit_code == 1);
    CHECK(ended.output.empty());
    CHECK(std::ranges::count(ended.errors, '\n') == 1);
    CHECK_THAT(ended.errors, Catch::Contains(part));
}

void check_devices(const test::temporary_folder& folder) {
    const test::hub_process hub(folder.path());
    CHECK(hub_access(hub).registry().get_device("a").enabled);
    CHECK(hub_access(hub).registry().get_device("b").enabled);
}

void damage_identity(const std::filesystem::path& file, const std::string& device_id) {
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &database) == SQLITE_OK);
    const std::string sql =
        "UPDATE identity SET document = '{\"half' WHERE device_id = '" + device_id + "'";
    CHECK(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(database);
}

} // namespace

TEST_CASE("a hub started on a full disk says so, and has lost nothing once there is room") {
    const test::temporary_folder folder;
    test::small_file_system disk(folder.path());
    if (!disk.mounted()) {
        WARN(disk.why_not());
        return;
    }
    make_data(folder);
    disk.fill();
    check_refusal(folder, "make room");
    disk.make_room();
    check_devices(folder);
}

TEST_CASE("a hub started on a read-only disk says so and changes nothing") {
    const test::temporary_folder folder;
    test::small_file_system disk(folder.path());
    if (!disk.mounted()) {
        WARN(disk.why_not());
        return;
    }
    make_data(folder);
    const std::string database = content(folder / "data" / "hub.db");
    const std::string log = content(folder / "data" / "hub.db-wal");
    disk.make_read_only();
    check_refusal(folder, "cannot be written (Read-only file system)");
    CHECK(content(folder / "data" / "hub.db") == database);
    CHECK(content(folder / "data" / "hub.db-wal") == log);
}

TEST_CASE("an identity whose row is damaged is named in the log, and the others work") {
    const test::temporary_folder folder;
    make_data(folder);
    damage_identity(folder / "data" / "hub.db", "a");
    const test::hub_process hub(folder.path());
    auto registry = hub_access(hub).registry();
    CHECK_THROWS_AS(registry.get_device("a"), server_error);
    CHECK_THAT(content(folder / "errors"),
               Catch::Contains("the stored identity a is damaged") && !Catch::Contains("half"));
    CHECK(registry.get_device("b").enabled);
    CHECK(registry.update_twin("b", {{"tags", {{"n", 1}}}}).tags() == json{{"n", 1}});
    registry.add_device({.device_id = "c"});
    registry.remove_device("b");
}

// A hub leaves none: its database is never without its log.
TEST_CASE("a database with another program's journal is refused untouched") {
    const test::temporary_folder folder;
    make_data(folder);
    const auto journal = folder / "data" / "hub.db-journal";
    const std::string database = content(folder / "data" / "hub.db");
    std::ofstream(journal) << std::string(5000, 'x');
    check_refusal(folder, "hub.db is damaged");
    CHECK(content(journal) == std::string(5000, 'x'));
    CHECK(content(folder / "data" / "hub.db") == database);
    std::filesystem::remove(journal);
    check_devices(folder);
}
