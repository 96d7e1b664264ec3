#pragma once
// The records of hub.db that services of the core keep for themselves, a row each. The table was
// called "setting" when it was made.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/core/store.hpp"
#include "emulator/storage/sqlite/statement.hpp"

namespace iothub::storage {

// Everything throws sqlite_error.
class record_table {
public:
    explicit record_table(database& db);

    std::optional<std::string> find(std::string_view name);
    void put(std::string_view name, std::string_view value);
    void remove(std::string_view name);
    void remove_all(std::string_view prefix);
    std::vector<core::stored_record> list(std::string_view prefix, std::string_view after,
                                          std::size_t limit);

private:
    statement find_;
    statement put_;
    statement remove_;
    statement remove_range_;
    statement list_from_;
};

} // namespace iothub::storage
