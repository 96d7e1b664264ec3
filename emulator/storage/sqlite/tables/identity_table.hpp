#pragma once
// The identities of hub.db, a row each: what listing and counting look at in columns, the rest in a
// JSON document; and the counts, kept in a row of their own.

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "emulator/core/store.hpp"
#include "emulator/storage/sqlite/statement.hpp"
#include "emulator/storage/sqlite/tables/row_cache.hpp"

namespace iothub::storage {

// Everything throws sqlite_error; finding and listing also store_fault, naming the identity whose
// row cannot be read.
class identity_table {
public:
    explicit identity_table(database& db);

    std::optional<core::identity> find(const identity_key& key);
    void put(const core::identity& value);
    void remove(const identity_key& key);
    void put_activity(const identity_key& key, const core::activity& value);
    std::vector<core::identity> devices(std::string_view after, std::size_t limit);
    std::vector<core::identity> modules(std::string_view device_id);
    std::vector<core::identity> all_modules(const identity_key& after, std::size_t limit);
    const core::identity_counts& counts() const { return counts_; }

    // Around the end of a transaction: writes the counts; takes them as kept; goes back to those
    // that were kept last.
    void prepare_commit();
    void committed() { committed_counts_ = counts_; }
    void rolled_back();

private:
    std::optional<bool> was_enabled(const identity_key& key);

    database& db_;
    statement find_;
    statement find_enabled_;
    statement add_;
    statement replace_;
    statement remove_one_;
    statement remove_modules_;
    statement put_activity_;
    statement devices_;
    statement modules_;
    statement all_modules_;
    statement put_counts_;
    core::identity_counts counts_;
    core::identity_counts committed_counts_;
    // Nothing but what was read from rows, as this transaction sees them: nearly every request asks
    // for one.
    row_cache<core::identity, 4 << 20> cache_;
};

} // namespace iothub::storage
