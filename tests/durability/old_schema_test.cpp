// A database of every schema there ever was is taken over with all its content. schemas/1.sql is a
// whole database; each later file is what its schema added.

#include <sqlite3.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "common/json.hpp"
#include "durability/hub_access.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace iothub;
using durability::hub_access;

namespace {

constexpr int with_files = 4;
constexpr int with_checksums = 5;
constexpr const char* checksum_of_last_event = "3154788032900884753"; // as schema 5 began with

struct close_database {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
};
using database = std::unique_ptr<sqlite3, close_database>;

database open(const std::filesystem::path& file) {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open(file.c_str(), &opened);
    database owned(opened);
    if (code != SQLITE_OK) {
        throw std::runtime_error("no database");
    }
    return owned;
}

// The first column of what the SQL gives.
std::vector<std::string> run(const database& db, const std::string& sql) {
    std::vector<std::string> values;
    const auto add = [](void* into, int, char** columns, char**) {
        static_cast<std::vector<std::string>*>(into)->emplace_back(
            columns[0] == nullptr ? "" : columns[0]);
        return 0;
    };
    char* fault = nullptr;
    if (sqlite3_exec(db.get(), sql.c_str(), add, &values, &fault) != SQLITE_OK) {
        throw std::runtime_error(fault);
    }
    return values;
}

std::filesystem::path schema_file(int version) {
    return std::filesystem::path(IOTHUB_OLD_SCHEMAS) / (std::to_string(version) + ".sql");
}

int newest_schema() {
    int version = 0;
    while (std::filesystem::exists(schema_file(version + 1))) {
        ++version;
    }
    return version;
}

// From its row to a file.
void move_last_event(const database& db, const std::filesystem::path& folder) {
    const std::string last = " WHERE first_sequence_number = 2";
    const std::string hex = run(db, "SELECT hex(bytes) FROM event_block" + last).at(0);
    std::filesystem::create_directories(folder / "telemetry");
    std::ofstream file(folder / "telemetry" / "3-7", std::ios::binary);
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        file << static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    }
    run(db,
        "UPDATE event_block SET file = 7, position = 0, size = length(bytes), bytes = x''" + last);
}

void make_database(const std::filesystem::path& folder, int version) {
    std::filesystem::create_directories(folder);
    const database db = open(folder / "hub.db");
    for (int schema = 1; schema <= version; ++schema) {
        std::ifstream file(schema_file(schema));
        run(db, {std::istreambuf_iterator<char>(file), {}});
    }
    if (version >= with_files) {
        move_last_event(db, folder);
    }
    if (version >= with_checksums) {
        run(db, "UPDATE event_block SET checksum = " + std::string(checksum_of_last_event) +
                    " WHERE file IS NOT NULL");
    }
}

std::vector<std::string> tables_of(const std::filesystem::path& file) {
    std::vector<std::string> tables =
        run(open(file), "SELECT type || ' ' || name || ' ' || tbl_name FROM sqlite_schema UNION ALL"
                        " SELECT t.name || '.' || c.name || ' ' || c.type || ' ' || c.pk FROM"
                        " sqlite_schema t, pragma_table_info(t.name) c");
    std::ranges::sort(tables);
    return tables;
}

void check_identities(registry_client& registry) {
    const device_identity device = registry.get_device("d");
    CHECK(device.generation_id == "639310472879405979");
    CHECK(device.authentication.symmetric_key.primary_key == "a2V5IG9mIGFuIG9sZGVyIGh1Yg==");
    const device_identity retired = registry.get_device("off");
    CHECK_FALSE(retired.enabled);
    CHECK(retired.status_reason == "retired");
    CHECK(registry.get_module("d", "m").generation_id == "639310472879407521");
    CHECK(registry.get_registry_statistics().total == 2);
}

void check_twins(registry_client& registry) {
    const twin device = registry.get_twin("d");
    CHECK(device.tags() == json{{"floor", 3}});
    CHECK(device.version() == 3);
    CHECK(device.desired().at("limits") == json{{"high", 9.5}});
    CHECK(device.desired_version() == 2);
    const twin module = registry.get_module_twin("d", "m");
    CHECK(module.desired().at("mode") == "eco");
    CHECK(module.reported().at("n") == 7);
    CHECK(module.reported_version() == 2);
}

void check_events(const hub_access& hub) {
    const json events = hub.get("/api/events?device=d").at("events");
    REQUIRE(events.size() == 3);
    for (int i = 0; i < 3; ++i) {
        CHECK(events.at(i).at("body") == "event " + std::to_string(i));
        CHECK(events.at(i).at("sequenceNumber") == i);
        CHECK(events.at(i).at("properties") == json{{"n", std::to_string(i)}});
    }
}

void check_messages(const hub_access& hub) {
    const json messages = hub.get("/api/messages?device=d").at("messages");
    REQUIRE(messages.size() == 2);
    CHECK(messages.at(0).at("body") == "message 1");
    CHECK(messages.at(1).at("sequenceNumber") == 3);
    CHECK(hub.get("/api/feedback").at("records").at(0).at("originalMessageId") == "id-0");
}

// The next of everything goes on where the old database ended.
void check_writes(const hub_access& hub, bool had_messages) {
    auto registry = hub.registry();
    registry.add_device({.device_id = "new"});
    CHECK(registry.update_twin("d", {{"tags", {{"floor", 4}}}}).version() == 4);
    hub.service().send("d", {.body = "next"});
    const json messages = hub.get("/api/messages?device=d").at("messages");
    CHECK(messages.back().at("sequenceNumber") == (had_messages ? 4 : 1));
    CHECK(registry.query("SELECT * FROM devices WHERE tags.floor = 4").begin() !=
          std::default_sentinel);
}

} // namespace

TEST_CASE("a database of every schema is taken over with its content") {
    const int version = GENERATE(range(1, newest_schema() + 1));
    CAPTURE(version);
    const test::temporary_folder folder;
    make_database(folder / "data", version);
    for (int start = 0; start < 2; ++start) {
        test::hub_process hub(folder.path());
        const hub_access access(hub);
        auto registry = access.registry();
        if (start == 0) {
            check_identities(registry);
            check_twins(registry);
            if (version >= 2) {
                check_messages(access);
            }
            check_writes(access, version >= 2);
        }
        check_events(access);
        CHECK(registry.get_device("new").enabled);
        hub.kill();
    }
    CHECK(run(open(folder / "data" / "hub.db"), "SELECT value FROM setting WHERE name = 'kept'") ==
          std::vector<std::string>{"yes"});
}

TEST_CASE("every schema has its fixture, and leads to what a new database has") {
    const test::temporary_folder folder;
    test::hub_process(folder.path()).terminate();
    const auto fresh = folder / "data" / "hub.db";
    REQUIRE(run(open(fresh), "PRAGMA user_version") ==
            std::vector<std::string>{std::to_string(newest_schema())});
    for (int version = 1; version <= newest_schema(); ++version) {
        CAPTURE(version);
        const test::temporary_folder old;
        make_database(old / "data", version);
        test::hub_process(old.path()).terminate();
        CHECK(tables_of(old / "data" / "hub.db") == tables_of(fresh));
    }
}
