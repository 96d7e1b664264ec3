#pragma once
// A queue of records whose receivers compete: the oldest that nobody has locked are received
// together, and what is too old is dropped (service API §7.3, §7.4). Locks and their ends are
// queue_locks'. Base of feedback_queue and file_notification_queue.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "emulator/core/queue_locks.hpp"

namespace iothub::core {

template <class Record>
struct locked_batch {
    std::string lock_token;      // a GUID
    timestamp enqueued = never;  // of the newest
    std::vector<Record> records; // oldest first
};

// A record has a `sequence_number` and the time when it was `enqueued`.
template <class Record>
class locked_queue : public queue_locks {
public:
    // The oldest records that nobody has locked; nothing where none waits. May throw what oldest()
    // throws.
    std::optional<locked_batch<Record>> receive(std::size_t most) {
        locked_batch<Record> batch;
        batch.records = take(most);
        if (batch.records.empty()) {
            return std::nullopt;
        }
        batch.enqueued = batch.records.back().enqueued;
        std::vector<std::uint64_t> numbers;
        for (const Record& record : batch.records) {
            numbers.push_back(record.sequence_number);
        }
        batch.lock_token = lock(std::move(numbers));
        return batch;
    }

protected:
    using queue_locks::queue_locks;
    ~locked_queue() = default;

    // At most `limit` records, the oldest first.
    virtual std::vector<Record> oldest(std::size_t limit) = 0;

private:
    // Reads as often as it finds records to drop.
    std::vector<Record> take(std::size_t most) {
        const std::set<std::uint64_t> others = locked();
        for (bool dropped = true; dropped;) {
            dropped = false;
            std::vector<Record> taken;
            for (Record& record : oldest(others.size() + most)) {
                if (others.contains(record.sequence_number)) {
                    continue;
                }
                if (record.enqueued <= oldest_alive()) {
                    drop(record.sequence_number);
                    dropped = true;
                } else if (taken.size() < most) {
                    taken.push_back(std::move(record));
                }
            }
            if (!dropped) {
                return taken;
            }
        }
        return {};
    }
};

} // namespace iothub::core
