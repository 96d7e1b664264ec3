// How large the write-ahead log becomes beside a writer that does not pause.
#include <algorithm>
#include <cstdint>

#include "emulator/storage/sqlite/checkpointer.hpp"
#include "emulator/storage/sqlite/database_file.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace iothub;
using namespace iothub::storage;

TEST_CASE("the log stays within its limit, however fast it is written", "[sqlite]") {
    const test::temporary_folder folder;
    const auto file = folder / "hub.db";
    create_database_file(file);
    const auto db = open_for_writing(file, durability::process);
    db->execute("CREATE TABLE filling (text TEXT)");
    checkpointer checkpoints(file, {.step = 64 << 10, .rest = 128 << 10, .most = 512 << 10});
    constexpr std::uint64_t one_commit = 128 << 10;
    std::uint64_t largest = 0;
    for (int i = 0; i < 200; ++i) {
        db->execute("INSERT INTO filling VALUES (zeroblob(100000))");
        largest = std::max(largest, db->log_bytes());
        checkpoints.log_has(db->log_bytes());
    }
    CHECK(largest < (512 << 10) + 2 * one_commit);
    CHECK(db->integer("SELECT count(*) FROM filling") == 200);
}
