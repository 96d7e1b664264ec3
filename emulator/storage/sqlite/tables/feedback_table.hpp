#pragma once
// Feedback on cloud-to-device messages in hub.db, a row a record; the file never gives a number
// twice.

#include <cstddef>
#include <string_view>
#include <vector>

#include "emulator/core/store.hpp"
#include "emulator/storage/sqlite/statement.hpp"

namespace iothub::storage {

// Everything throws sqlite_error.
class feedback_table {
public:
    explicit feedback_table(database& db);

    void append(const core::feedback_record& record, std::size_t most);
    std::vector<core::feedback_record> list(std::size_t limit);
    void remove(std::uint64_t sequence_number);
    void remove_of_device(std::string_view device_id);

private:
    statement append_;
    statement trim_;
    statement list_;
    statement remove_;
    statement remove_of_device_;
};

} // namespace iothub::storage
