#pragma once
// The store of a hub that keeps nothing (--in-memory, and the in-process emulator): ordered maps,
// and a journal of how to take each write of the turn back. The app makes one.

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <string>
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
    core::identity_counts count_identities() override { return counts_; }

    std::optional<core::twin> find_twin(const identity_key& key) override;
    void put_twin(const core::twin& value) override;

    void append_events(std::uint32_t partition, const core::event_block& block) override;
    std::vector<core::event_block> read_events(std::uint32_t partition,
                                               std::uint64_t sequence_number,
                                               std::size_t max_bytes) override;
    void trim_events(std::uint32_t partition, std::uint64_t max_bytes, timestamp oldest) override;
    core::partition_state describe_partition(std::uint32_t partition) override;

    std::optional<std::string> find_setting(std::string_view name) override;
    void put_setting(std::string_view name, std::string_view value) override;

private:
    struct partition_log {
        std::deque<core::event_block> blocks;
        core::partition_state state;
    };

    template <class Key, class Value>
    void assign(std::map<Key, Value>& map, const Key& key, Value value);
    template <class Value>
    void erase(std::map<identity_key, Value>& map, const identity_key& key);

    std::map<identity_key, core::identity> identities_;
    std::map<identity_key, core::twin> twins_;
    std::map<std::uint32_t, partition_log> partitions_;
    std::map<std::string, std::string> settings_;
    core::identity_counts counts_;
    core::identity_counts committed_counts_;
    std::vector<std::function<void()>> undo_; // the newest last
};

} // namespace iothub::storage
