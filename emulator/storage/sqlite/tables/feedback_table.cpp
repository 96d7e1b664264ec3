#include "emulator/storage/sqlite/tables/feedback_table.hpp"

namespace iothub::storage {

namespace {

core::feedback_record read_record(const query& row) {
    return {row.number(0),
            std::string(row.text(1)),
            std::string(row.text(2)),
            std::string(row.text(3)),
            row.time(4),
            static_cast<core::c2d_outcome>(row.integer(5))};
}

} // namespace

feedback_table::feedback_table(database& db)
    : append_(db, "INSERT INTO feedback VALUES (NULL, ?, ?, ?, ?, ?)")
    , trim_(db, "DELETE FROM feedback WHERE sequence_number <= last_insert_rowid() - ?")
    , list_(db, "SELECT sequence_number, original_message_id, device_id, device_generation_id,"
                " enqueued, outcome FROM feedback ORDER BY sequence_number LIMIT ?")
    , remove_(db, "DELETE FROM feedback WHERE sequence_number = ?")
    , remove_of_device_(db, "DELETE FROM feedback WHERE device_id = ?") {}

void feedback_table::append(const core::feedback_record& record, std::size_t most) {
    append_.run(record.original_message_id, record.device_id, record.device_generation_id,
                record.enqueued, static_cast<int>(record.outcome));
    trim_.run(row_count(most));
}

std::vector<core::feedback_record> feedback_table::list(std::size_t limit) {
    std::vector<core::feedback_record> records;
    query rows(list_, row_count(limit));
    while (rows.next()) {
        records.push_back(read_record(rows));
    }
    return records;
}

void feedback_table::remove(std::uint64_t sequence_number) {
    remove_.run(sequence_number);
}

void feedback_table::remove_of_device(std::string_view device_id) {
    remove_of_device_.run(device_id);
}

} // namespace iothub::storage
