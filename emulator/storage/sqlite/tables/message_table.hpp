#pragma once
// The queues of cloud-to-device messages in hub.db: a row a message, and a row a queue that
// outlives its messages.

#include <cstdint>
#include <optional>
#include <vector>

#include "emulator/core/store.hpp"
#include "emulator/storage/sqlite/statement.hpp"

namespace iothub::storage {

// Everything throws sqlite_error; finding also store_fault, naming the queue whose message cannot
// be read.
class message_table {
public:
    explicit message_table(database& db);

    void put(const identity_key& target, const core::c2d_message& message);
    std::optional<core::c2d_message> find(const identity_key& target,
                                          std::uint64_t sequence_number);
    void remove(const identity_key& target, std::uint64_t sequence_number);
    core::queue_state describe(const identity_key& target);
    std::vector<identity_key> queues();

    void remove_queue(const identity_key& target); // a device's also with those of its modules

private:
    statement put_;
    statement put_queue_;
    statement find_;
    statement remove_;
    statement find_queue_;
    statement list_;
    statement queues_;
    statement remove_all_;
    statement remove_all_of_device_;
    statement remove_queue_;
    statement remove_queues_of_device_;
};

} // namespace iothub::storage
