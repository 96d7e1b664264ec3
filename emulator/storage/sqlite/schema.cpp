#include "emulator/storage/sqlite/schema.hpp"

#include <array>

#include "emulator/storage/sqlite/database.hpp"
#include "emulator/storage/sqlite/statement.hpp"

namespace iothub::storage {

namespace {

// Times are ticks of 100 ns since 1970; etags and versions are counters. Twins have no key order of
// their own, since rows of some kilobytes belong into a table with rowids.
constexpr migration first_tables = R"(
CREATE TABLE identity (
    device_id TEXT NOT NULL,
    module_id TEXT NOT NULL, -- '' for the device itself
    etag INTEGER NOT NULL,
    enabled INTEGER NOT NULL,
    connection_state_updated INTEGER NOT NULL,
    last_activity INTEGER NOT NULL,
    document TEXT NOT NULL,  -- everything else, as JSON
    PRIMARY KEY (device_id, module_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX device ON identity (device_id) WHERE module_id = '';

CREATE TABLE identity_count (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    devices INTEGER NOT NULL,
    enabled_devices INTEGER NOT NULL,
    modules INTEGER NOT NULL
) STRICT;
INSERT INTO identity_count VALUES (1, 0, 0, 0);

CREATE TABLE twin (
    device_id TEXT NOT NULL,
    module_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    etag INTEGER NOT NULL,
    model_id TEXT NOT NULL,
    tags TEXT NOT NULL,
    desired_version INTEGER NOT NULL,
    desired TEXT NOT NULL,
    desired_metadata TEXT NOT NULL,
    reported_version INTEGER NOT NULL,
    reported TEXT NOT NULL,
    reported_metadata TEXT NOT NULL,
    PRIMARY KEY (device_id, module_id)
) STRICT;

CREATE TABLE event_block (
    partition_number INTEGER NOT NULL,
    first_sequence_number INTEGER NOT NULL,
    event_count INTEGER NOT NULL,
    first_offset INTEGER NOT NULL,
    enqueued INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (partition_number, first_sequence_number)
) STRICT, WITHOUT ROWID;

CREATE TABLE event_partition (
    partition_number INTEGER PRIMARY KEY,
    first_sequence_number INTEGER NOT NULL,
    next_sequence_number INTEGER NOT NULL,
    next_offset INTEGER NOT NULL,
    bytes INTEGER NOT NULL
) STRICT;

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)";

// Bags of properties are kept as core/messaging/record_bytes writes them. A queue outlives its
// messages, so that their numbers are never repeated.
constexpr migration cloud_to_device = R"(
CREATE TABLE c2d_queue (
    device_id TEXT NOT NULL,
    module_id TEXT NOT NULL,
    last_sequence_number INTEGER NOT NULL,
    PRIMARY KEY (device_id, module_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE c2d_message (
    device_id TEXT NOT NULL,
    module_id TEXT NOT NULL,
    sequence_number INTEGER NOT NULL,
    enqueued INTEGER NOT NULL,
    expiry INTEGER NOT NULL,
    delivery_count INTEGER NOT NULL,
    ack INTEGER NOT NULL,
    input TEXT NOT NULL,
    system_properties BLOB NOT NULL,
    application_properties BLOB NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (device_id, module_id, sequence_number)
) STRICT;

CREATE TABLE feedback (
    sequence_number INTEGER PRIMARY KEY AUTOINCREMENT,
    original_message_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    device_generation_id TEXT NOT NULL,
    enqueued INTEGER NOT NULL,
    outcome INTEGER NOT NULL
) STRICT;
CREATE INDEX feedback_of_device ON feedback (device_id);
)";

// What configurations say of a twin; values of twins that queries look for; modules in order.
constexpr migration queries_and_configurations = R"(
ALTER TABLE twin ADD COLUMN configurations TEXT NOT NULL DEFAULT '{}';

CREATE TABLE index_entry (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    device_id TEXT NOT NULL,
    module_id TEXT NOT NULL,
    PRIMARY KEY (name, value, device_id, module_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX index_entry_of_identity ON index_entry (device_id, module_id, name);

CREATE UNIQUE INDEX module ON identity (device_id, module_id) WHERE module_id > '';
)";

// Where the bytes of a block are: file, position and size in event_files, or else in its row.
constexpr migration telemetry_files = R"(
ALTER TABLE event_block ADD COLUMN file INTEGER;
ALTER TABLE event_block ADD COLUMN position INTEGER;
ALTER TABLE event_block ADD COLUMN size INTEGER;
)";

// Of the bytes in a file (common/checksum.hpp); 0: not known, as of blocks that are older than
// this.
constexpr migration telemetry_checksums = R"(
ALTER TABLE event_block ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
)";

constexpr std::array<migration, 5> steps_so_far = {first_tables, cloud_to_device,
                                                   queries_and_configurations, telemetry_files,
                                                   telemetry_checksums};

constexpr std::array<const char*, 10> table_names = {
    "identity", "identity_count", "twin",        "event_block", "event_partition",
    "setting",  "c2d_queue",      "c2d_message", "feedback",    "index_entry"};

} // namespace

std::span<const migration> schema_migrations() {
    return steps_so_far;
}

std::int64_t schema_version(database& db) {
    return db.integer("PRAGMA user_version");
}

void migrate(database& db, std::span<const migration> steps) {
    const auto version = static_cast<std::size_t>(schema_version(db));
    if (version >= steps.size()) {
        return;
    }
    db.execute("BEGIN IMMEDIATE");
    try {
        for (const migration step : steps.subspan(version)) {
            db.execute(step);
        }
        db.execute("PRAGMA user_version = " + std::to_string(steps.size()));
        db.execute("COMMIT");
    } catch (const sqlite_error&) {
        if (db.in_transaction()) {
            db.execute("ROLLBACK");
        }
        throw;
    }
}

std::string missing_table(database& db) {
    statement find(db, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?");
    for (const std::string_view name : table_names) {
        query found(find, name);
        if (!found.next()) {
            return std::string(name);
        }
    }
    return {};
}

} // namespace iothub::storage
