#pragma once
// hub.db as a file: made whole or not at all, and looked at before anything is written to it, so
// that a foreign, newer or damaged file stays byte for byte as it was. open_sqlite_store calls it.

#include <filesystem>
#include <memory>

#include "common/result.hpp"
#include "emulator/storage/sqlite/database.hpp"
#include "emulator/storage/sqlite/open_sqlite_store.hpp"

namespace iothub::storage {

// An empty database with the current tables, readable by its owner only; appears under its name
// when it is complete. Throws sqlite_error or std::filesystem::filesystem_error.
void create_database_file(const std::filesystem::path& file);

// An error names the file, what is wrong with it and the remedy, in one line. Content is checked as
// a whole up to thorough_check_bytes; of a larger file only its outline.
result<> check_database_file(const std::filesystem::path& file);
inline constexpr std::uintmax_t thorough_check_bytes = 16 << 20;

// The hub's own connection, migrated and set up for writing. Throws sqlite_error.
std::unique_ptr<database> open_for_writing(const std::filesystem::path& file, durability kept);

} // namespace iothub::storage
