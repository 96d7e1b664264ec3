// Older files become newer ones, whole or not at all.
#include <string>
#include <vector>

#include "contract/store_subject.hpp"
#include "emulator/storage/sqlite/database.hpp"
#include "emulator/storage/sqlite/schema.hpp"

using namespace iothub;
using namespace iothub::testing;
using storage::database;
using storage::migrate;
using storage::migration;
using storage::schema_version;

namespace {

const std::vector<migration> three_steps = {
    "CREATE TABLE device (id TEXT); INSERT INTO device VALUES ('d1'), ('d2')",
    "ALTER TABLE device ADD COLUMN state TEXT; UPDATE device SET state = 'on'",
    "CREATE TABLE hub (name TEXT)",
};

struct empty_database {
    temporary_folder folder;
    std::filesystem::path file = folder / "test.db";
    database db{(write_bytes(file, ""), file), database::access::read_write};
};

std::vector<migration> first(std::size_t count) {
    return {three_steps.begin(), three_steps.begin() + static_cast<std::ptrdiff_t>(count)};
}

} // namespace

TEST_CASE("an empty file takes every step") {
    empty_database subject;
    migrate(subject.db, three_steps);
    CHECK(schema_version(subject.db) == 3);
    CHECK(subject.db.integer("SELECT count(*) FROM device WHERE state = 'on'") == 2);
}

TEST_CASE("an older file takes the steps it has not taken, with its content") {
    empty_database subject;
    migrate(subject.db, first(1));
    subject.db.execute("INSERT INTO device VALUES ('d3')");
    migrate(subject.db, three_steps);
    CHECK(schema_version(subject.db) == 3);
    CHECK(subject.db.integer("SELECT count(*) FROM device WHERE state = 'on'") == 3);
    CHECK(subject.db.integer("SELECT count(*) FROM hub") == 0);
}

TEST_CASE("a file of today or of later is left as it is") {
    empty_database subject;
    migrate(subject.db, three_steps);
    subject.db.execute("DELETE FROM device");
    migrate(subject.db, three_steps);
    migrate(subject.db, first(2));
    CHECK(schema_version(subject.db) == 3);
    CHECK(subject.db.integer("SELECT count(*) FROM device") == 0);
}

TEST_CASE("a step that fails takes the others back") {
    empty_database subject;
    migrate(subject.db, first(1));
    std::vector<migration> steps = first(2);
    steps.push_back("CREATE TABLE hub (name TEXT); INSERT INTO nowhere VALUES (1)");
    CHECK_THROWS_AS(migrate(subject.db, steps), storage::sqlite_error);
    CHECK_FALSE(subject.db.in_transaction());
    CHECK(schema_version(subject.db) == 1);
    CHECK(subject.db.integer("SELECT count(*) FROM pragma_table_info('device')") == 1);
    CHECK(subject.db.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'hub'") == 0);
    migrate(subject.db, three_steps);
    CHECK(schema_version(subject.db) == 3);
}

TEST_CASE("a database of the hub before its first tables gets them when it is opened") {
    temporary_folder folder;
    write_bytes(folder / "hub.db", "");
    database(folder / "hub.db", database::access::read_write)
        .execute("PRAGMA journal_mode = WAL; PRAGMA application_id = " +
                 std::to_string(storage::hub_application_id));
    const auto store = open_store(folder.path());
    store->put_identity(make_identity("d"));
    REQUIRE(store->commit());
    database file(folder / "hub.db", database::access::read_only);
    CHECK(schema_version(file) == static_cast<std::int64_t>(storage::schema_migrations().size()));
}

TEST_CASE("a hub's file of before cloud-to-device messages takes them, with its content") {
    temporary_folder folder;
    write_bytes(folder / "hub.db", "");
    {
        database db(folder / "hub.db", database::access::read_write);
        db.execute("PRAGMA journal_mode = WAL; PRAGMA application_id = " +
                   std::to_string(storage::hub_application_id));
        migrate(db, storage::schema_migrations().first(1));
        db.execute("INSERT INTO setting VALUES ('kept', 'yes')");
        CHECK(schema_version(db) == 1);
    }
    const auto store = open_store(folder.path());
    CHECK(store->find_record("kept") == "yes");
    store->put_message({"d", ""}, make_message(1, "body"));
    store->append_feedback(make_feedback("id"), 10);
    REQUIRE(store->commit());
    CHECK(store->find_message({"d", ""}, 1) == make_message(1, "body"));
}
