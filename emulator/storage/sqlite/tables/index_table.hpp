#pragma once
// Which identities have which value, for the indexes of core/query: a row each. An index is a part
// of the key, so that there may be new ones at any time.

#include <string_view>
#include <vector>

#include "emulator/core/store.hpp"
#include "emulator/storage/sqlite/statement.hpp"

namespace iothub::storage {

// Everything throws sqlite_error.
class index_table {
public:
    explicit index_table(database& db);

    void put(std::string_view index, const identity_key& key, std::string_view value);
    void remove(std::string_view index, const identity_key& key);
    void remove_of(const identity_key& key); // a device with its modules
    void clear(std::string_view index);
    std::vector<identity_key> find(const core::index_value& wanted, const identity_key& after,
                                   std::size_t limit);

private:
    statement put_;
    statement remove_;
    statement remove_of_device_;
    statement remove_of_module_;
    statement clear_;
    statement find_;
};

} // namespace iothub::storage
