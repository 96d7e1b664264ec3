#pragma once
// The store of a hub that keeps nothing (--in-memory, and the in-process emulator): ordered maps,
// and a journal of how to take each write of the turn back. The app makes one.

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "emulator/core/store.hpp"
#include "emulator/core/twins/twin.hpp"

namespace iothub::storage {

class memory_store final : public core::store {
public:
    memory_store() = default;
    memory_store(const memory_store&) = delete;
    memory_store& operator=(const memory_store&) = delete;

    result<bool> commit() override;
    void rollback() override;

    std::optional<core::identity> find_identity(const identity_key& key) override;
    void put_identity(const core::identity& value) override;
    void remove_identity(const identity_key& key) override;
    void put_activity(const identity_key& key, const core::activity& value) override;
    std::vector<core::identity> list_devices(std::string_view after, std::size_t limit) override;
    std::vector<core::identity> list_modules(std::string_view device_id) override;
    std::vector<core::identity> list_all_modules(const identity_key& after,
                                                 std::size_t limit) override;
    core::identity_counts count_identities() override { return counts_; }

    std::optional<core::twin> find_twin(const identity_key& key) override;
    void put_twin(const core::twin& value) override;
    void change_twin(const identity_key& key,
                     const std::function<void(core::twin&)>& change) override;

    void append_events(std::uint32_t partition, const core::event_block& block) override;
    std::vector<core::event_block> read_events(std::uint32_t partition,
                                               std::uint64_t sequence_number,
                                               std::size_t max_bytes) override;
    void trim_events(std::uint32_t partition, std::uint64_t max_bytes, timestamp oldest) override;
    core::partition_state describe_partition(std::uint32_t partition) override;

    void put_message(const identity_key& target, const core::c2d_message& message) override;
    std::optional<core::c2d_message> find_message(const identity_key& target,
                                                  std::uint64_t sequence_number) override;
    void remove_message(const identity_key& target, std::uint64_t sequence_number) override;
    core::queue_state describe_queue(const identity_key& target) override;
    std::vector<identity_key> list_queues() override;

    void append_feedback(const core::feedback_record& record, std::size_t most) override;
    std::vector<core::feedback_record> list_feedback(std::size_t limit) override;
    void remove_feedback(std::uint64_t sequence_number) override;

    std::optional<std::string> find_record(std::string_view name) override;
    void put_record(std::string_view name, std::string_view value) override;
    void remove_record(std::string_view name) override;
    void remove_records(std::string_view prefix) override;
    using store::list_records;
    std::vector<core::stored_record> list_records(std::string_view prefix, std::string_view after,
                                                  std::size_t limit) override;

    void put_index_entry(std::string_view index, const identity_key& key,
                         std::string_view value) override;
    void remove_index_entry(std::string_view index, const identity_key& key) override;
    std::vector<identity_key> find_indexed(const core::index_value& wanted,
                                           const identity_key& after, std::size_t limit) override;
    void clear_index(std::string_view index) override;

private:
    using message_key = std::pair<identity_key, std::uint64_t>;
    using index_place = std::tuple<std::string, std::string, identity_key>; // index, value, whose
    using index_owner = std::pair<identity_key, std::string>;               // whose, index

    struct partition_log {
        std::deque<core::event_block> blocks;
        core::partition_state state;
    };

    template <class Key, class Value>
    void assign(std::map<Key, Value>& map, const Key& key, Value value);
    template <class Key, class Value>
    void erase(std::map<Key, Value>& map, const Key& key);
    void remove_queue(const identity_key& target);
    void remove_index_entries(const identity_key& key);
    void remove_feedback_of(const std::string& device_id);

    std::map<identity_key, core::identity> identities_;
    std::map<identity_key, core::twin> twins_;
    std::map<std::uint32_t, partition_log> partitions_;
    std::map<message_key, core::c2d_message> messages_;
    std::map<identity_key, std::uint64_t> last_message_; // of each queue
    std::map<std::uint64_t, core::feedback_record> feedback_;
    std::uint64_t last_feedback_ = 0;
    std::map<std::string, std::string> records_;
    std::map<index_place, bool> index_entries_;
    std::map<index_owner, std::string> indexed_values_;
    core::identity_counts counts_;
    core::identity_counts committed_counts_;
    std::vector<std::function<void()>> undo_; // the newest last
};

} // namespace iothub::storage
