#pragma once
// A store in front of another one, that can be told to fail as a full or broken disk would.

#include "emulator/core/store.hpp"

namespace iothub::test {

class faulty_store final : public core::store {
public:
    explicit faulty_store(core::store& behind)
        : behind_(behind) {}

    bool reads_fail = false;   // what looks for identities, twins or messages throws store_fault
    bool commits_fail = false; // commit() undoes everything

    result<bool> commit() override {
        if (commits_fail) {
            behind_.rollback();
            return error(errc::server_error, "Internal server error", "the disk is full");
        }
        return behind_.commit();
    }
    void rollback() override { behind_.rollback(); }

    std::optional<core::identity> find_identity(const identity_key& key) override {
        check_read();
        return behind_.find_identity(key);
    }
    void put_identity(const core::identity& value) override { behind_.put_identity(value); }
    void remove_identity(const identity_key& key) override { behind_.remove_identity(key); }
    void put_activity(const identity_key& key, const core::activity& value) override {
        behind_.put_activity(key, value);
    }
    std::vector<core::identity> list_devices(std::string_view after, std::size_t limit) override {
        check_read();
        return behind_.list_devices(after, limit);
    }
    std::vector<core::identity> list_modules(std::string_view device_id) override {
        check_read();
        return behind_.list_modules(device_id);
    }
    core::identity_counts count_identities() override { return behind_.count_identities(); }

    std::optional<core::twin> find_twin(const identity_key& key) override {
        check_read();
        return behind_.find_twin(key);
    }
    void put_twin(const core::twin& value) override { behind_.put_twin(value); }

    void append_events(std::uint32_t partition, const core::event_block& block) override {
        behind_.append_events(partition, block);
    }
    std::vector<core::event_block> read_events(std::uint32_t partition,
                                               std::uint64_t sequence_number,
                                               std::size_t max_bytes) override {
        check_read();
        return behind_.read_events(partition, sequence_number, max_bytes);
    }
    void trim_events(std::uint32_t partition, std::uint64_t max_bytes, timestamp oldest) override {
        behind_.trim_events(partition, max_bytes, oldest);
    }
    core::partition_state describe_partition(std::uint32_t partition) override {
        return behind_.describe_partition(partition);
    }

    void put_message(const identity_key& target, const core::c2d_message& message) override {
        behind_.put_message(target, message);
    }
    std::optional<core::c2d_message> find_message(const identity_key& target,
                                                  std::uint64_t sequence_number) override {
        check_read();
        return behind_.find_message(target, sequence_number);
    }
    void remove_message(const identity_key& target, std::uint64_t sequence_number) override {
        behind_.remove_message(target, sequence_number);
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
        behind_.append_feedback(record, most);
    }
    std::vector<core::feedback_record> list_feedback(std::size_t limit) override {
        check_read();
        return behind_.list_feedback(limit);
    }

    std::optional<std::string> find_setting(std::string_view name) override {
        return behind_.find_setting(name);
    }
    void put_setting(std::string_view name, std::string_view value) override {
        behind_.put_setting(name, value);
    }
    void remove_setting(std::string_view name) override { behind_.remove_setting(name); }
    std::vector<std::pair<std::string, std::string>>
    list_settings(std::string_view prefix) override {
        return behind_.list_settings(prefix);
    }

private:
    void check_read() const {
        if (reads_fail) {
            throw core::store_fault("the disk is broken");
        }
    }

    core::store& behind_;
};

} // namespace iothub::test
