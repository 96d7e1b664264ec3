#include "emulator/storage/sqlite/tables/message_table.hpp"

#include "emulator/core/messaging/record_bytes.hpp"

namespace iothub::storage {

namespace {

std::string bytes_of(const property_bag& bag) {
    std::string bytes;
    core::put_bag(bytes, bag);
    return bytes;
}

class message_reader {
public:
    message_reader(const query& row, const identity_key& target)
        : row_(row)
        , what_("a stored message to " + target.text()) {}

    core::c2d_message read() const {
        core::c2d_message m;
        m.sequence_number = row_.number(0);
        m.enqueued = row_.time(1);
        m.expiry = row_.time(2);
        m.delivery_count = static_cast<std::uint32_t>(row_.number(3));
        m.ack = static_cast<core::feedback_wanted>(row_.integer(4));
        m.input = row_.text(5);
        m.system_properties = core::record_reader(row_.bytes(6), what_).bag();
        m.application_properties = core::record_reader(row_.bytes(7), what_).bag();
        m.body = row_.bytes(8);
        return m;
    }

private:
    const query& row_;
    std::string what_;
};

core::waiting_message read_waiting(const query& row) {
    return {row.number(0), row.time(1), static_cast<std::uint32_t>(row.number(2)),
            static_cast<core::feedback_wanted>(row.integer(3)), row.integer(4) != 0};
}

} // namespace

message_table::message_table(database& db)
    : put_(db, "INSERT OR REPLACE INTO c2d_message VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    , put_queue_(db, "INSERT INTO c2d_queue VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE"
                     " SET last_sequence_number = max(last_sequence_number, ?3)")
    , find_(db, "SELECT sequence_number, enqueued, expiry, delivery_count, ack, input,"
                " system_properties, application_properties, body FROM c2d_message"
                " WHERE device_id = ? AND module_id = ? AND sequence_number = ?")
    , remove_(db, "DELETE FROM c2d_message"
                  " WHERE device_id = ? AND module_id = ? AND sequence_number = ?")
    , find_queue_(db, "SELECT last_sequence_number FROM c2d_queue"
                      " WHERE device_id = ? AND module_id = ?")
    , list_(db, "SELECT sequence_number, expiry, delivery_count, ack, input <> ''"
                " FROM c2d_message WHERE device_id = ? AND module_id = ? ORDER BY sequence_number")
    , queues_(db, "SELECT DISTINCT device_id, module_id FROM c2d_message"
                  " ORDER BY device_id, module_id")
    , remove_all_(db, "DELETE FROM c2d_message WHERE device_id = ? AND module_id = ?")
    , remove_all_of_device_(db, "DELETE FROM c2d_message WHERE device_id = ?")
    , remove_queue_(db, "DELETE FROM c2d_queue WHERE device_id = ? AND module_id = ?")
    , remove_queues_of_device_(db, "DELETE FROM c2d_queue WHERE device_id = ?") {}

void message_table::put(const identity_key& target, const core::c2d_message& message) {
    const std::string system = bytes_of(message.system_properties);
    const std::string application = bytes_of(message.application_properties);
    put_.run(target.device_id, target.module_id, message.sequence_number, message.enqueued,
             message.expiry, message.delivery_count, static_cast<int>(message.ack), message.input,
             blob{system}, blob{application}, blob{message.body});
    put_queue_.run(target.device_id, target.module_id, message.sequence_number);
}

std::optional<core::c2d_message> message_table::find(const identity_key& target,
                                                     std::uint64_t sequence_number) {
    query row(find_, target.device_id, target.module_id, sequence_number);
    return row.next() ? std::optional(message_reader(row, target).read()) : std::nullopt;
}

void message_table::remove(const identity_key& target, std::uint64_t sequence_number) {
    remove_.run(target.device_id, target.module_id, sequence_number);
}

core::queue_state message_table::describe(const identity_key& target) {
    core::queue_state state;
    if (query row(find_queue_, target.device_id, target.module_id); row.next()) {
        state.last_sequence_number = row.number(0);
    }
    query rows(list_, target.device_id, target.module_id);
    while (rows.next()) {
        state.messages.push_back(read_waiting(rows));
    }
    return state;
}

std::vector<identity_key> message_table::queues() {
    std::vector<identity_key> keys;
    query rows(queues_);
    while (rows.next()) {
        keys.push_back({std::string(rows.text(0)), std::string(rows.text(1))});
    }
    return keys;
}

void message_table::remove_queue(const identity_key& target) {
    if (target.is_module()) {
        remove_all_.run(target.device_id, target.module_id);
        remove_queue_.run(target.device_id, target.module_id);
    } else {
        remove_all_of_device_.run(target.device_id);
        remove_queues_of_device_.run(target.device_id);
    }
}

} // namespace iothub::storage
