// Files that are not a sound database of this hub are refused as they are; a damaged row is one
// identity's trouble.
#include <algorithm>

#include "contract/store_subject.hpp"
#include "emulator/storage/sqlite/database.hpp"
#include "emulator/storage/sqlite/schema.hpp"

using namespace iothub;
using namespace iothub::testing;
using Catch::Matchers::Contains;
using storage::database;

namespace {

void make_database(const temporary_folder& folder) {
    const auto store = open_store(folder.path());
    for (int i = 0; i < 200; ++i) {
        const std::string id = "device-" + std::to_string(i);
        store->put_identity(make_identity(id));
        store->put_twin(core::make_twin({id, ""}, at(0)));
    }
    REQUIRE(store->commit());
}

void run_sql(const std::filesystem::path& file, const std::string& sql) {
    database(file, database::access::read_write).execute(sql);
}

void check_refused(const std::filesystem::path& folder, const std::string& fault) {
    const auto file = folder / "hub.db";
    const std::string before = bytes_of(file);
    const std::string log_before = bytes_of(file.string() + "-wal");
    const auto opened = storage::open_sqlite_store(folder, storage::durability::process);
    REQUIRE_FALSE(opened);
    CHECK_THAT(opened.error().message, Contains(file.string()) && Contains(fault));
    CHECK(std::ranges::count(opened.error().message, '\n') == 0);
    CHECK(bytes_of(file) == before);
    CHECK(bytes_of(file.string() + "-wal") == log_before);
}

} // namespace

TEST_CASE("a database of a newer hub is refused untouched") {
    temporary_folder folder;
    make_database(folder);
    run_sql(folder / "hub.db", "PRAGMA user_version = 99");
    check_refused(folder.path(), "newer version of the hub (schema 99");
}

TEST_CASE("a newer version that stands in the log only is seen as well") {
    temporary_folder folder;
    temporary_folder crashed;
    make_database(folder);
    database db(folder / "hub.db", database::access::read_write);
    db.execute("PRAGMA user_version = 99");
    std::filesystem::copy(folder / "hub.db", crashed / "hub.db");
    std::filesystem::copy(folder / "hub.db-wal", crashed / "hub.db-wal");
    check_refused(crashed.path(), "newer version of the hub (schema 99");
}

TEST_CASE("another program's database is refused untouched") {
    temporary_folder folder;
    write_bytes(folder / "hub.db", "");
    run_sql(folder / "hub.db", "CREATE TABLE identity (name TEXT)");
    check_refused(folder.path(), "is not a database of this hub");
}

TEST_CASE("a file that is no database is refused untouched") {
    temporary_folder folder;
    const std::vector<std::string> contents = {"", "short", std::string(20'000, 'x')};
    for (const std::string& content : contents) {
        write_bytes(folder / "hub.db", content);
        check_refused(folder.path(), "is not a database of this hub");
    }
}

TEST_CASE("a truncated database is refused untouched") {
    temporary_folder folder;
    make_database(folder);
    const std::string whole = bytes_of(folder / "hub.db");
    for (const std::size_t size : {std::size_t{100}, std::size_t{4096}, whole.size() / 2,
                                   whole.size() - 4096, whole.size() - 1}) {
        INFO(size);
        write_bytes(folder / "hub.db", whole.substr(0, size));
        check_refused(folder.path(), "is damaged");
    }
}

TEST_CASE("a database with an overwritten page is refused untouched") {
    temporary_folder folder;
    make_database(folder);
    const std::string whole = bytes_of(folder / "hub.db");
    for (std::size_t page = 1; page * 4096 < whole.size(); ++page) {
        INFO(page);
        std::string broken = whole;
        broken.replace(page * 4096, 4096, 4096, 'x');
        write_bytes(folder / "hub.db", broken);
        check_refused(folder.path(), "is damaged");
    }
    write_bytes(folder / "hub.db", whole);
    CHECK(open_store(folder.path())->count_identities().devices == 200);
}

TEST_CASE("a database without one of its tables is refused untouched") {
    temporary_folder folder;
    make_database(folder);
    run_sql(folder / "hub.db", "DROP TABLE twin");
    check_refused(folder.path(), "is damaged (it has no table twin)");
}

TEST_CASE("a table with other columns is refused untouched") {
    temporary_folder folder;
    make_database(folder);
    run_sql(folder / "hub.db", "ALTER TABLE setting RENAME COLUMN value TO content");
    check_refused(folder.path(), "cannot be used");
}

TEST_CASE("a damaged identity is named, and the others work") {
    temporary_folder folder;
    make_database(folder);
    const std::string document = GENERATE(
        as<std::string>(), "{\"generationId\":\"1\"", "[]", "{}", "null",
        "{\"generationId\":1,\"authentication\":{\"type\":\"sas\",\"primaryKey\":\"c2VjcmV0\"}}");
    run_sql(folder / "hub.db",
            "UPDATE identity SET document = '" + document + "' WHERE device_id = 'device-7'");
    const auto store = open_store(folder.path());
    const identity_key damaged{"device-7", ""};
    CHECK_THROWS_WITH(store->find_identity(damaged), "the stored identity device-7 is damaged");
    CHECK_THROWS_AS(store->list_devices("", 1000), core::store_fault);
    CHECK(store->list_devices("device-7", 1000).size() == 32);
    CHECK(store->find_identity({"device-8", ""}));
    CHECK(store->find_twin(damaged));

    store->put_identity(make_identity("device-7"));
    REQUIRE(store->commit());
    CHECK(store->find_identity(damaged) == make_identity("device-7"));
    CHECK(store->count_identities() == core::identity_counts{200, 200, 0});
}

TEST_CASE("a damaged twin is named, and the others work") {
    temporary_folder folder;
    make_database(folder);
    const std::string column =
        GENERATE("tags", "desired", "desired_metadata", "reported", "reported_metadata");
    run_sql(folder / "hub.db",
            "UPDATE twin SET " + column + " = '{\"a\":' WHERE device_id = 'device-7'");
    const auto store = open_store(folder.path());
    CHECK_THROWS_WITH(store->find_twin({"device-7", ""}), "the stored twin device-7 is damaged");
    CHECK(store->find_twin({"device-8", ""}));
    store->remove_identity({"device-7", ""});
    REQUIRE(store->commit());
    CHECK_FALSE(store->find_twin({"device-7", ""}));
}

TEST_CASE("a damaged message is named, and the others work") {
    temporary_folder folder;
    make_database(folder);
    {
        const auto store = open_store(folder.path());
        for (const char* id : {"device-7", "device-8"}) {
            auto message = make_message(1, "body");
            message.application_properties = {{"k", "v"}};
            store->put_message({id, ""}, message);
        }
        REQUIRE(store->commit());
    }
    const std::string bytes = GENERATE("X''", "X'05'", "X'FFFFFFFF'", "X'01000000FF000000'");
    run_sql(folder / "hub.db", "UPDATE c2d_message SET application_properties = " + bytes +
                                   " WHERE device_id = 'device-7'");
    const auto store = open_store(folder.path());
    CHECK_THROWS_WITH(store->find_message({"device-7", ""}, 1),
                      "a stored message to device-7 is damaged");
    CHECK(store->find_message({"device-8", ""}, 1));
    CHECK(store->describe_queue({"device-7", ""}).messages.size() == 1);
}
