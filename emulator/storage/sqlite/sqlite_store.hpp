#pragma once
// core::store over one SQLite connection: opens a transaction at a turn's first write, ends it in
// commit(). open_sqlite_store makes one; a failed write waits in `fault_` for commit() to report.

#include <memory>
#include <optional>
#include <string>

#include "emulator/core/store.hpp"
#include "emulator/storage/folder_lock.hpp"
#include "emulator/storage/opened_files.hpp"
#include "emulator/storage/sqlite/checkpointer.hpp"
#include "emulator/storage/sqlite/database.hpp"
#include "emulator/storage/sqlite/tables/event_table.hpp"
#include "emulator/storage/sqlite/tables/feedback_table.hpp"
#include "emulator/storage/sqlite/tables/identity_table.hpp"
#include "emulator/storage/sqlite/tables/index_table.hpp"
#include "emulator/storage/sqlite/tables/message_table.hpp"
#include "emulator/storage/sqlite/tables/record_table.hpp"
#include "emulator/storage/sqlite/tables/twin_table.hpp"

namespace iothub::storage {

// What a store has besides its database.
struct store_parts {
    std::unique_ptr<folder_lock> lock = {};
    std::unique_ptr<checkpointer> checkpoints = {}; // without, the log grows until the end
    opened_files files = opened_files();            // where they are deleted, nothing is kept
    iothub::log* journal = nullptr;                 // told of events that are lost
    disk_calls disk = {};
};

class sqlite_store final : public core::store {
public:
    // `db` as open_for_writing gives it. Throws sqlite_error where a table is not as it should be.
    explicit sqlite_store(std::unique_ptr<database> db, store_parts parts = {});

    result<bool> commit() override;
    void rollback() override;
    std::optional<std::string> trouble() override;

    std::optional<core::identity> find_identity(const identity_key& key) override;
    void put_identity(const core::identity& value) override;
    void remove_identity(const identity_key& key) override;
    void put_activity(const identity_key& key, const core::activity& value) override;
    std::vector<core::identity> list_devices(std::string_view after, std::size_t limit) override;
    std::vector<core::identity> list_modules(std::string_view device_id) override;
    std::vector<core::identity> list_all_modules(const identity_key& after,
                                                 std::size_t limit) override;
    core::identity_counts count_identities() override { return identities_.counts(); }

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
    template <class Work>
    void write(Work work);
    void commit_transaction();

    std::unique_ptr<folder_lock> lock_; // let go of last
    std::unique_ptr<database> db_;
    opened_files files_;
    statement begin_;
    statement commit_;
    statement rollback_;
    identity_table identities_;
    twin_table twins_;
    event_table events_;
    message_table messages_;
    feedback_table feedback_;
    record_table records_;
    index_table indexes_;
    bool writing_ = false;             // this turn began a transaction
    std::optional<std::string> fault_; // of the first write of this turn that failed
    std::unique_ptr<checkpointer> checkpoints_;
};

} // namespace iothub::storage
