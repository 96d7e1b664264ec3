#pragma once
// The tables of hub.db and how an older file becomes a newer one. The file says whose it is
// (application_id) and what shape it has (user_version).

#include <cstdint>
#include <span>
#include <string>

namespace iothub::storage {

class database;

inline constexpr std::int64_t hub_application_id = 0x496f5448; // "IoTH"

// SQL that turns version n into n + 1; the first one begins with an empty file.
using migration = const char*;

std::span<const migration> schema_migrations();

// Runs what is missing, all of it in one transaction: on an error (sqlite_error) the file keeps its
// version and its content. A version beyond the last step is left alone.
void migrate(database& db, std::span<const migration> steps = schema_migrations());

std::int64_t schema_version(database& db);

// The name of a table that a file of the current version must have and this one has not, or empty.
std::string missing_table(database& db);

} // namespace iothub::storage
