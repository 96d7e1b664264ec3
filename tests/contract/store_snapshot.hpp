#pragma once
// Everything that can be seen of a small store through its seam, to compare before and after.

#include <map>
#include <string>
#include <vector>

#include "common/json_text.hpp"
#include "emulator/core/store.hpp"
#include "emulator/core/twins/twin.hpp"

namespace iothub::testing {

struct store_snapshot {
    std::vector<core::identity> identities;
    std::vector<core::twin> twins;
    std::vector<std::string> twin_texts; // equality of JSON does not tell 1 from 1.0
    std::vector<core::event_block> blocks;
    std::vector<core::partition_state> partitions;
    std::map<identity_key, core::queue_state> queues;
    std::vector<core::c2d_message> messages;
    std::vector<core::feedback_record> feedback;
    std::map<std::string, std::string> records;
    std::vector<identity_key> indexed;
    core::identity_counts counts;

    bool operator==(const store_snapshot&) const = default;
};

inline void add_twin(store_snapshot& snapshot, core::store& store, const identity_key& key) {
    if (const auto twin = store.find_twin(key)) {
        snapshot.twins.push_back(*twin);
        for (const auto* part : {&twin->tags, &twin->desired.values, &twin->desired.metadata,
                                 &twin->reported.values, &twin->reported.metadata}) {
            snapshot.twin_texts.push_back(part->text());
        }
    }
}

inline void add_events(store_snapshot& snapshot, core::store& store) {
    for (std::uint32_t partition = 0; partition < 3; ++partition) {
        snapshot.partitions.push_back(store.describe_partition(partition));
        for (auto& block : store.read_events(partition, 0, 1 << 30)) {
            snapshot.blocks.push_back(block);
        }
    }
}

inline void add_messages(store_snapshot& snapshot, core::store& store, const identity_key& key) {
    const core::queue_state& queue = snapshot.queues[key] = store.describe_queue(key);
    for (const core::waiting_message& waiting : queue.messages) {
        snapshot.messages.push_back(store.find_message(key, waiting.sequence_number).value());
    }
}

inline store_snapshot take_snapshot(core::store& store) {
    store_snapshot snapshot;
    for (const core::identity& device : store.list_devices("", 1000)) {
        snapshot.identities.push_back(device);
        add_twin(snapshot, store, device.key);
        add_messages(snapshot, store, device.key);
        for (const core::identity& module : store.list_modules(device.key.device_id)) {
            snapshot.identities.push_back(module);
            add_twin(snapshot, store, module.key);
            add_messages(snapshot, store, module.key);
        }
    }
    add_events(snapshot, store);
    snapshot.feedback = store.list_feedback(1000);
    for (auto& [name, value] : store.list_records("")) {
        snapshot.records[name] = value;
    }
    for (const char* value : {"a", "b"}) {
        const auto keys = store.find_indexed({"i", value}, {}, 1000);
        snapshot.indexed.insert(snapshot.indexed.end(), keys.begin(), keys.end());
    }
    snapshot.counts = store.count_identities();
    return snapshot;
}

} // namespace iothub::testing
