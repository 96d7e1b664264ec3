#pragma once
// The seam for what lasts. Rules, limits, versions and etags live above it; a store keeps and
// finds. storage/memory_store and storage/sqlite implement it and pass one contract suite
// (tests/contract).
//
// Writes of a turn become lasting together, at commit(), and are seen by reads before that. A write
// never fails by itself: the store remembers the first fault and commit() reports it.
// Reads throw store_fault where what was kept cannot be read.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/result.hpp"
#include "emulator/core/c2d/message.hpp"
#include "emulator/core/registry/identity.hpp"

namespace iothub::core {

struct twin;

class store_fault : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct identity_counts {
    std::uint64_t devices = 0;
    std::uint64_t enabled_devices = 0;
    std::uint64_t modules = 0;

    bool operator==(const identity_counts&) const = default;
};

// Events that one turn appended to one partition, encoded by messaging/event_block.
struct event_block {
    std::uint64_t first_sequence_number = 0;
    std::uint64_t count = 0;
    std::uint64_t first_offset = 0;
    timestamp enqueued = never; // of the newest event in it
    std::string bytes;

    bool operator==(const event_block&) const = default;
};

// What a partition holds; where it is empty, only the next_ values say anything.
struct partition_state {
    std::uint64_t first_sequence_number = 0; // of the oldest block
    std::uint64_t next_sequence_number = 0;
    std::uint64_t next_offset = 0;
    std::uint64_t bytes = 0; // of all blocks

    bool operator==(const partition_state&) const = default;
};

// A message of a queue, without what it says.
struct waiting_message {
    std::uint64_t sequence_number = 0;
    timestamp expiry = never;
    std::uint32_t delivery_count = 0;
    feedback_wanted ack = feedback_wanted::none;
    bool for_input = false; // of a module

    bool operator==(const waiting_message&) const = default;
};

struct queue_state {
    std::uint64_t last_sequence_number = 0; // of any message there ever was
    std::vector<waiting_message> messages;  // in their order

    bool operator==(const queue_state&) const = default;
};

using stored_record = std::pair<std::string, std::string>; // name and value

// A value to look for in an index.
struct index_value {
    std::string_view index;
    std::string_view value;
};

class store {
public:
    virtual ~store() = default;

    // Makes every write since the last commit lasting; false where there was none. Where it cannot,
    // all of them are undone and the error says why.
    virtual result<bool> commit() = 0;

    // Undoes every write since the last commit.
    virtual void rollback() = 0;

    // Why nothing could be kept now, as far as that can be seen without writing: the files are
    // gone.
    virtual std::optional<std::string> trouble() { return std::nullopt; }

    virtual std::optional<identity> find_identity(const identity_key& key) = 0;
    virtual void put_identity(const identity& value) = 0; // adds or replaces
    // With its twin, its queue and its index entries; a device also with its feedback, its modules
    // and theirs.
    virtual void remove_identity(const identity_key& key) = 0;
    // Keeps an identity's activity only; nothing happens where the identity is unknown.
    virtual void put_activity(const identity_key& key, const activity& value) = 0;
    // Devices in the order of their ids (bytes), beginning after `after`.
    virtual std::vector<identity> list_devices(std::string_view after, std::size_t limit) = 0;
    virtual std::vector<identity> list_modules(std::string_view device_id) = 0;
    // Modules of all devices, in the order of their keys, beginning after `after`.
    virtual std::vector<identity> list_all_modules(const identity_key& after,
                                                   std::size_t limit) = 0;
    virtual identity_counts count_identities() = 0; // kept, not counted anew

    virtual std::optional<twin> find_twin(const identity_key& key) = 0;
    virtual void put_twin(const twin& value) = 0; // adds or replaces
    // Changes a twin that is there without a copy of it: hold none that find_twin() gave.
    virtual void change_twin(const identity_key& key, const std::function<void(twin&)>& change) = 0;

    virtual void append_events(std::uint32_t partition, const event_block& block) = 0;
    // Blocks in order, beginning with the one that holds `sequence_number` or the first one after
    // it; as many as fit into `max_bytes`, but at least one where there is one.
    virtual std::vector<event_block>
    read_events(std::uint32_t partition, std::uint64_t sequence_number, std::size_t max_bytes) = 0;
    // Drops the oldest blocks until at most `max_bytes` are left and none is older than `oldest`.
    // next_sequence_number and next_offset stay, whatever is dropped.
    virtual void trim_events(std::uint32_t partition, std::uint64_t max_bytes,
                             timestamp oldest) = 0;
    virtual partition_state describe_partition(std::uint32_t partition) = 0;

    // The queues of cloud-to-device messages (core/c2d). Putting adds or replaces.
    virtual void put_message(const identity_key& target, const c2d_message& message) = 0;
    virtual std::optional<c2d_message> find_message(const identity_key& target,
                                                    std::uint64_t sequence_number) = 0;
    virtual void remove_message(const identity_key& target, std::uint64_t sequence_number) = 0;
    virtual queue_state describe_queue(const identity_key& target) = 0;
    virtual std::vector<identity_key> list_queues() = 0; // those with messages

    // Gives the record the next sequence number n, and drops the records up to n - `most`.
    virtual void append_feedback(const feedback_record& record, std::size_t most) = 0;
    virtual std::vector<feedback_record> list_feedback(std::size_t limit) = 0; // oldest first
    virtual void remove_feedback(std::uint64_t sequence_number) = 0;

    // What services of the core keep for themselves, each under a prefix of its own: a text by a
    // name ("jobs/j1").
    virtual std::optional<std::string> find_record(std::string_view name) = 0;
    virtual void put_record(std::string_view name, std::string_view value) = 0;
    virtual void remove_record(std::string_view name) = 0;
    virtual void remove_records(std::string_view prefix) = 0; // all that begin so
    // At most `limit` names and values, in the order of the names (bytes), of those that begin with
    // `prefix` and come after `after`.
    virtual std::vector<stored_record> list_records(std::string_view prefix, std::string_view after,
                                                    std::size_t limit) = 0;
    std::vector<stored_record> list_records(std::string_view prefix) {
        return list_records(prefix, {}, std::numeric_limits<std::size_t>::max());
    }

    // Identities by a value that something of theirs has, for what often looks for them: which
    // indexes there are, and what is in them, is the caller's. An identity has one value at most in
    // an index; its entries go with it.
    virtual void put_index_entry(std::string_view index, const identity_key& key,
                                 std::string_view value) = 0;
    virtual void remove_index_entry(std::string_view index, const identity_key& key) = 0;
    // At most `limit` keys after `after`, in their order.
    virtual std::vector<identity_key>
    find_indexed(const index_value& wanted, const identity_key& after, std::size_t limit) = 0;
    virtual void clear_index(std::string_view index) = 0;
};

} // namespace iothub::core
