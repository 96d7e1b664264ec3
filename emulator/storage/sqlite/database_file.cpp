#include "emulator/storage/sqlite/database_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <string_view>
#include <system_error>

#include "emulator/storage/sqlite/schema.hpp"

namespace iothub::storage {

namespace fs = std::filesystem;

namespace {

// The first 100 bytes of every SQLite file (file format §1.3).
struct file_header {
    std::array<char, 100> bytes{};

    bool is_sqlite() const {
        return std::string_view(bytes.data(), 16) == std::string_view("SQLite format 3\0", 16);
    }
    std::int64_t number(std::size_t at) const {
        std::int64_t value = 0;
        for (std::size_t i = at; i < at + 4; ++i) {
            value = value << 8 | static_cast<unsigned char>(bytes[i]);
        }
        return value;
    }
    std::int64_t pages() const { return number(28); }
    std::int64_t user_version() const { return number(60); }
    std::int64_t application_id() const { return number(68); }
};

file_header read_header(const fs::path& file) {
    file_header header;
    std::ifstream(file, std::ios::binary).read(header.bytes.data(), header.bytes.size());
    return header;
}

error refusal(const fs::path& file, const std::string& fault, const std::string& remedy) {
    return {errc::server_error, file.string() + " " + fault + ": " + remedy};
}

error damaged(const fs::path& file, const std::string& how) {
    return refusal(file, "is damaged (" + how + ")",
                   "restore a copy of it, or move it away to begin with an empty hub");
}

error newer(const fs::path& file, std::int64_t version) {
    return refusal(file,
                   "was written by a newer version of the hub (schema " + std::to_string(version) +
                       ", this one knows " + std::to_string(schema_migrations().size()) + ")",
                   "use that version, or another --data-dir");
}

bool has_log(const fs::path& file) {
    std::error_code ignored;
    const auto size = fs::file_size(file.string() + "-wal", ignored);
    return !ignored && size > 0;
}

result<> check_content(const fs::path& file, bool with_log) {
    database db(file, with_log ? database::access::read_only : database::access::immutable);
    const auto known = static_cast<std::int64_t>(schema_migrations().size());
    const std::int64_t version = schema_version(db);
    if (version > known) {
        return newer(file, version);
    }
    const std::uintmax_t size = fs::file_size(file);
    if (!with_log && size % static_cast<std::uintmax_t>(db.integer("PRAGMA page_size")) != 0) {
        return damaged(file, "its end is missing");
    }
    if (size <= thorough_check_bytes) {
        if (const std::string found = db.text("PRAGMA quick_check(1)"); found != "ok") {
            return damaged(file, found.substr(0, found.find('\n')));
        }
    }
    if (const std::string table = missing_table(db); version == known && !table.empty()) {
        return damaged(file, "it has no table " + table);
    }
    return {};
}

void sync_folder(const fs::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        ::fsync(descriptor);
        ::close(descriptor);
    }
}

void make_private_file(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        throw fs::filesystem_error("cannot create", file,
                                   std::error_code(errno, std::generic_category()));
    }
    ::close(descriptor);
}

} // namespace

void create_database_file(const fs::path& file) {
    const fs::path unfinished = file.string() + ".new";
    fs::remove(unfinished);
    fs::remove(unfinished.string() + "-journal");
    make_private_file(unfinished);
    {
        database db(unfinished, database::access::read_write);
        db.execute("PRAGMA synchronous = FULL");
        db.execute("PRAGMA application_id = " + std::to_string(hub_application_id));
        migrate(db);
        db.execute("PRAGMA journal_mode = WAL");
    }
    fs::rename(unfinished, file);
    sync_folder(file.parent_path());
}

result<> check_database_file(const fs::path& file) {
    const file_header header = read_header(file);
    if (!header.is_sqlite() || header.application_id() != hub_application_id) {
        return refusal(file, "is not a database of this hub, or damaged from its first byte on",
                       "move it away, or choose another --data-dir");
    }
    if (header.user_version() > static_cast<std::int64_t>(schema_migrations().size())) {
        return newer(file, header.user_version());
    }
    if (std::error_code ignored; fs::exists(file.string() + "-journal", ignored)) {
        return damaged(file, "another program has left a journal of its own beside it");
    }
    const bool with_log = has_log(file);
    try {
        if (auto content = check_content(file, with_log); !content) {
            return content;
        }
    } catch (const core::store_fault& fault) {
        return damaged(file, fault.what());
    }
    return {};
}

std::unique_ptr<database> open_for_writing(const fs::path& file, durability kept) {
    auto db = std::make_unique<database>(file, database::access::read_write);
    if (!db->is_writable()) {
        throw sqlite_error("the file may not be written");
    }
    db->execute(kept == durability::power ? "PRAGMA synchronous = FULL"
                                          : "PRAGMA synchronous = NORMAL");
    db->execute("PRAGMA cell_size_check = ON; PRAGMA cache_size = -16384;"
                "PRAGMA temp_store = MEMORY");
    if (static_cast<std::size_t>(schema_version(*db)) < schema_migrations().size()) {
        migrate(*db);
        db->execute("PRAGMA wal_checkpoint(TRUNCATE)"); // the file's header tells its version
    }
    return db;
}

} // namespace iothub::storage
