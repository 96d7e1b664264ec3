#include "emulator/storage/sqlite/sqlite_store.hpp"

#include <utility>

namespace iothub::storage {

sqlite_store::sqlite_store(std::unique_ptr<database> db, store_parts parts)
    : lock_(std::move(parts.lock))
    , db_(std::move(db))
    , files_(std::move(parts.files))
    , begin_(*db_, "BEGIN IMMEDIATE")
    , commit_(*db_, "COMMIT")
    , rollback_(*db_, "ROLLBACK")
    , identities_(*db_)
    , twins_(*db_)
    , events_(*db_, files_, parts.journal, parts.disk)
    , messages_(*db_)
    , feedback_(*db_)
    , records_(*db_)
    , indexes_(*db_)
    , checkpoints_(std::move(parts.checkpoints)) {}

// After a fault the turn is lost, and nothing more of it is written. A fault may have ended the
// transaction as well, also that of a read: what follows must not begin another one.
template <class Work>
void sqlite_store::write(Work work) {
    if (fault_) {
        return;
    }
    try {
        if (!writing_) {
            begin_.run();
            writing_ = true;
        } else if (!db_->in_transaction()) {
            throw core::store_fault("the transaction ended before its commit");
        }
        work();
    } catch (const core::store_fault& fault) {
        fault_ = fault.what();
    }
}

void sqlite_store::commit_transaction() {
    write([this] {
        if (const auto gone = trouble()) {
            throw core::store_fault(*gone);
        }
        identities_.prepare_commit();
        twins_.prepare_commit();
        events_.prepare_commit();
        commit_.run();
        identities_.committed();
        events_.committed();
        writing_ = false;
    });
}

result<bool> sqlite_store::commit() {
    const bool wrote = writing_;
    if (wrote) {
        commit_transaction();
    }
    if (fault_) {
        const error failure{errc::service_unavailable, "the hub could not store the change",
                            *fault_};
        rollback();
        return failure;
    }
    if (checkpoints_) {
        checkpoints_->log_has(db_->log_bytes());
    }
    return wrote;
}

std::optional<std::string> sqlite_store::trouble() {
    return files_.fault();
}

void sqlite_store::rollback() {
    if (db_->in_transaction()) {
        rollback_.run();
    }
    writing_ = false;
    fault_.reset();
    identities_.rolled_back();
    twins_.rolled_back();
    events_.rolled_back();
}

std::optional<core::identity> sqlite_store::find_identity(const identity_key& key) {
    return identities_.find(key);
}

void sqlite_store::put_identity(const core::identity& value) {
    write([&] { identities_.put(value); });
}

void sqlite_store::remove_identity(const identity_key& key) {
    write([&] {
        identities_.remove(key);
        twins_.remove(key);
        messages_.remove_queue(key);
        indexes_.remove_of(key);
        if (!key.is_module()) {
            feedback_.remove_of_device(key.device_id);
        }
    });
}

void sqlite_store::put_activity(const identity_key& key, const core::activity& value) {
    write([&] { identities_.put_activity(key, value); });
}

std::vector<core::identity> sqlite_store::list_devices(std::string_view after, std::size_t limit) {
    return identities_.devices(after, limit);
}

std::vector<core::identity> sqlite_store::list_modules(std::string_view device_id) {
    return identities_.modules(device_id);
}

std::vector<core::identity> sqlite_store::list_all_modules(const identity_key& after,
                                                           std::size_t limit) {
    return identities_.all_modules(after, limit);
}

std::optional<core::twin> sqlite_store::find_twin(const identity_key& key) {
    return twins_.find(key);
}

void sqlite_store::put_twin(const core::twin& value) {
    write([&] { twins_.put(value); });
}

void sqlite_store::change_twin(const identity_key& key,
                               const std::function<void(core::twin&)>& change) {
    write([&] { twins_.change(key, change); });
}

void sqlite_store::append_events(std::uint32_t partition, const core::event_block& block) {
    write([&] { events_.append(partition, block); });
}

std::vector<core::event_block> sqlite_store::read_events(std::uint32_t partition,
                                                         std::uint64_t sequence_number,
                                                         std::size_t max_bytes) {
    return events_.read(partition, sequence_number, max_bytes);
}

void sqlite_store::trim_events(std::uint32_t partition, std::uint64_t max_bytes, timestamp oldest) {
    write([&] { events_.trim(partition, max_bytes, oldest); });
}

core::partition_state sqlite_store::describe_partition(std::uint32_t partition) {
    return events_.describe(partition);
}

void sqlite_store::put_message(const identity_key& target, const core::c2d_message& message) {
    write([&] { messages_.put(target, message); });
}

std::optional<core::c2d_message> sqlite_store::find_message(const identity_key& target,
                                                            std::uint64_t sequence_number) {
    return messages_.find(target, sequence_number);
}

void sqlite_store::remove_message(const identity_key& target, std::uint64_t sequence_number) {
    write([&] { messages_.remove(target, sequence_number); });
}

core::queue_state sqlite_store::describe_queue(const identity_key& target) {
    return messages_.describe(target);
}

std::vector<identity_key> sqlite_store::list_queues() {
    return messages_.queues();
}

void sqlite_store::append_feedback(const core::feedback_record& record, std::size_t most) {
    write([&] { feedback_.append(record, most); });
}

std::vector<core::feedback_record> sqlite_store::list_feedback(std::size_t limit) {
    return feedback_.list(limit);
}

void sqlite_store::remove_feedback(std::uint64_t sequence_number) {
    write([&] { feedback_.remove(sequence_number); });
}

std::optional<std::string> sqlite_store::find_record(std::string_view name) {
    return records_.find(name);
}

void sqlite_store::put_record(std::string_view name, std::string_view value) {
    write([&] { records_.put(name, value); });
}

void sqlite_store::remove_record(std::string_view name) {
    write([&] { records_.remove(name); });
}

void sqlite_store::remove_records(std::string_view prefix) {
    write([&] { records_.remove_all(prefix); });
}

std::vector<core::stored_record>
sqlite_store::list_records(std::string_view prefix, std::string_view after, std::size_t limit) {
    return records_.list(prefix, after, limit);
}

void sqlite_store::put_index_entry(std::string_view index, const identity_key& key,
                                   std::string_view value) {
    write([&] { indexes_.put(index, key, value); });
}

void sqlite_store::remove_index_entry(std::string_view index, const identity_key& key) {
    write([&] { indexes_.remove(index, key); });
}

std::vector<identity_key> sqlite_store::find_indexed(const core::index_value& wanted,
                                                     const identity_key& after, std::size_t limit) {
    return indexes_.find(wanted, after, limit);
}

void sqlite_store::clear_index(std::string_view index) {
    write([&] { indexes_.clear(index); });
}

} // namespace iothub::storage
