#pragma once
// The settings of hub.db, a row each.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/storage/sqlite/statement.hpp"

namespace iothub::storage {

// Everything throws sqlite_error.
class setting_table {
public:
    explicit setting_table(database& db);

    std::optional<std::string> find(std::string_view name);
    void put(std::string_view name, std::string_view value);
    void remove(std::string_view name);
    std::vector<std::pair<std::string, std::string>> list(std::string_view prefix);

private:
    statement find_;
    statement put_;
    statement remove_;
    statement list_from_;
};

} // namespace iothub::storage
