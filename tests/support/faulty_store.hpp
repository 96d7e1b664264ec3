#pragma once
// A store in front of another one, that can be told to fail as a full or broken disk would.

#include <utility>

#include "emulator/core/store.hpp"

namespace iothub::test {

class faulty_store final : public core::store {
public:
    explicit faulty_store(core::store& behind)
        : behind_(behind) {}

    bool reads_fail = false;   // what looks for identities, twins or messages throws store_fault
    bool commits_fail = false; // commit() undoes everything
    bool disk_full = false;    // likewise, where there is something to undo
    std::optional<std::string> seen_trouble;

    result<bool> commit() override {
        if (const bool wrote = std::exchange(wrote_, false); commits_fail || (disk_full && wrote)) {
            behind_.rollback();
            return error(errc::server_error, "Internal server error", "the disk is full");
        }
        return behind_.commit();
    }
    void rollback() override {
        wrote_ = false;
        behind_.rollback();
    }
    std::optional<std::string> trouble() override { return seen_trouble; }

    std::optional<core::identity> find_identity(const identity_key& key) override {
        check_read();
        return behind_.find_identity(key);
    }
    void put_identity(const core::identity& value) override { to_write().put_identity(value); }
    void remove_identity(const identity_key& key) override { to_write().remove_identity(key); }
    void put_activity(const identity_key& key, const core::activity& value) override {
        to_write().put_activity(key, value);
    }
    std::vector<core::identity> list_devices(std::string_view after, std::size_t limit) override {
        check_read();
        return behind_.list_devices(after, limit);
    }
    std::vector<core::identity> list_modules(std::string_view device_id) override {
        check_read();
        return behind_.list_modules(device_id);
    }
    std::vector<core::identity> list_all_modules(const identity_key& after,
                                                 std::size_t limit) override {
        check_read();
        return behind_.list_all_modules(after, limit);
    }
    core::identity_counts count_identities() override { return behind_.count_identities(); }

    std::optional<core::twin> find_twin(const identity_key& key) override {
        check_read();
        return behind_.find_twin(key);
    }
    void put_twin(const core::twin& value) override { to_write().put_twin(value); }
    void change_twin(const identity_key& key,
                     const std::function<void(core::twin&)>& change) override {
        to_write().change_twin(key, change);
    }

    void append_events(std::uint32_t partition, const core::event_block& block) override {
        to_write().append_events(partition, block);
    }
    std::vector<core::event_block> read_events(std::uint32_t partition,
                                               std::uint64_t sequence_number,
                                               std::size_t max_bytes) override {
        check_read();
        return behind_.read_events(partition, sequence_number, max_bytes);
    }
    void trim_events(std::uint32_t partition, std::uint64_t max_bytes, timestamp oldest) override {
        to_write().trim_events(partition, max_bytes, oldest);
    }
    core::partition_state describe_partition(std::uint32_t partition) override {
        return behind_.describe_partition(partition);
    }

    void put_message(const identity_key& target, const core::c2d_message& message) override {
        to_write().put_message(target, message);
    }
    std::optional<core::c2d_message> find_message(const identity_key& target,
                                                  std::uint64_t sequence_number) override {
        check_read();
        return behind_.find_message(target, sequence_number);
    }
    void remove_message(const identity_key& target, std::uint64_t sequence_number) override {
        to_write().remove_message(target, sequence_number);
    }
    core::queue_state describe_queue(const identity_key& target) override {
        check_read();
        return behind_.describe_queue(target);
    }
    std::vector<identity_key> list_queues() override {
        check_read();
        return behind_.list_queues();
    }
    void append_feedback(const core::feedback_record& record, std::size_t most) override {
        to_write().append_feedback(record, most);
    }
    std::vector<core::feedback_record> list_feedback(std::size_t limit) override {
        check_read();
        return behind_.list_feedback(limit);
    }

    void remove_feedback(std::uint64_t sequence_number) override {
        to_write().remove_feedback(sequence_number);
    }

    std::optional<std::string> find_record(std::string_view name) override {
        return behind_.find_record(name);
    }
    void put_record(std::string_view name, std::string_view value) override {
        to_write().put_record(name, value);
    }
    void remove_record(std::string_view name) override { to_write().remove_record(name); }
    void remove_records(std::string_view prefix) override { to_write().remove_records(prefix); }
    using store::list_records;
    std::vector<core::stored_record> list_records(std::string_view prefix, std::string_view after,
                                                  std::size_t limit) override {
        return behind_.list_records(prefix, after, limit);
    }

    void put_index_entry(std::string_view index, const identity_key& key,
                         std::string_view value) override {
        to_write().put_index_entry(index, key, value);
    }
    void remove_index_entry(std::string_view index, const identity_key& key) override {
        to_write().remove_index_entry(index, key);
    }
    std::vector<identity_key> find_indexed(const core::index_value& wanted,
                                           const identity_key& after, std::size_t limit) override {
        check_read();
        return behind_.find_indexed(wanted, after, limit);
    }
    void clear_index(std::string_view index) override { to_write().clear_index(index); }

private:
    void check_read() const {
        if (reads_fail) {
            throw core::store_fault("the disk is broken");
        }
    }

    core::store& to_write() {
        wrote_ = true;
        return behind_;
    }

    core::store& behind_;
    bool wrote_ = false;
};

} // namespace iothub::test
