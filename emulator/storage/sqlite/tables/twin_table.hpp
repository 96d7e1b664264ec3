#pragma once
// The twins of hub.db, a row each: tags, values and metadata as JSON text, exactly as they were. A
// twin that is put several times in a turn is written once, at its end.

#include <cstddef>
#include <functional>
#include <optional>
#include <unordered_map>

#include "emulator/core/twins/twin.hpp"
#include "emulator/storage/sqlite/statement.hpp"
#include "emulator/storage/sqlite/tables/row_cache.hpp"

namespace iothub::storage {

// Everything throws sqlite_error; finding also store_fault, naming the twin that cannot be read.
class twin_table {
public:
    explicit twin_table(database& db);

    std::optional<core::twin> find(const identity_key& key);
    void put(core::twin value);
    void change(const identity_key& key, const std::function<void(core::twin&)>& how);
    void remove(const identity_key& key); // a device's also with those of its modules

    // Around the end of a transaction: writes what was put; forgets it, and what was read since.
    void prepare_commit();
    void rolled_back();

private:
    std::optional<core::twin> read(const identity_key& key);
    void write(core::twin value);

    std::unordered_map<identity_key, core::twin> unwritten_;
    row_cache<core::twin, 24 << 20> cache_;
    statement find_;
    statement put_;
    statement remove_one_;
    statement remove_modules_;
};

} // namespace iothub::storage
