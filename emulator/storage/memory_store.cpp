#include "emulator/storage/memory_store.hpp"

#include <algorithm>
#include <iterator>

#include "emulator/storage/identity_tally.hpp"
#include "emulator/storage/partition_growth.hpp"

namespace iothub::storage {

namespace {

template <class Key, class Value>
std::optional<Value> find_in(const std::map<Key, Value>& map, const Key& key) {
    const auto found = map.find(key);
    return found == map.end() ? std::nullopt : std::optional(found->second);
}

} // namespace

result<bool> memory_store::commit() {
    const bool wrote = !undo_.empty();
    undo_.clear();
    committed_counts_ = counts_;
    return wrote;
}

void memory_store::rollback() {
    for (auto step = undo_.rbegin(); step != undo_.rend(); ++step) {
        (*step)();
    }
    undo_.clear();
    counts_ = committed_counts_;
}

template <class Key, class Value>
void memory_store::assign(std::map<Key, Value>& map, const Key& key, Value value) {
    const auto [place, is_new] = map.try_emplace(key);
    if (is_new) {
        undo_.emplace_back([&map, key] { map.erase(key); });
        place->second = std::move(value);
    } else {
        undo_.emplace_back(
            [&map, key, old = std::exchange(place->second, std::move(value))] { map[key] = old; });
    }
}

template <class Key, class Value>
void memory_store::erase(std::map<Key, Value>& map, const Key& key) {
    const auto found = map.find(key);
    if (found != map.end()) {
        undo_.emplace_back([&map, key, old = std::move(found->second)] { map[key] = old; });
        map.erase(found);
    }
}

std::optional<core::identity> memory_store::find_identity(const identity_key& key) {
    return find_in(identities_, key);
}

void memory_store::put_identity(const core::identity& value) {
    const auto known = identities_.find(value.key);
    tally_put(counts_, value,
              known == identities_.end() ? std::nullopt : std::optional(known->second.enabled));
    core::identity kept = value;
    kept.connected = false;
    assign(identities_, value.key, std::move(kept));
}

void memory_store::remove_identity(const identity_key& key) {
    std::vector<identity_key> doomed;
    for (auto i = identities_.lower_bound(key);
         i != identities_.end() && i->first.device_id == key.device_id &&
         (!key.is_module() || i->first == key);
         ++i) {
        tally_removed(counts_, i->first.is_module(), i->second.enabled);
        doomed.push_back(i->first);
    }
    for (const identity_key& one : doomed) {
        erase(identities_, one);
        erase(twins_, one);
        remove_queue(one);
        remove_index_entries(one);
    }
    if (!key.is_module()) {
        remove_feedback_of(key.device_id);
    }
}

void memory_store::put_activity(const identity_key& key, const core::activity& value) {
    const auto known = identities_.find(key);
    if (known != identities_.end()) {
        undo_.emplace_back(
            [this, key, old = known->second.activity] { identities_[key].activity = old; });
        known->second.activity = value;
    }
}

std::vector<core::identity> memory_store::list_devices(std::string_view after, std::size_t limit) {
    std::vector<core::identity> devices;
    for (auto i = identities_.lower_bound({std::string(after), ""});
         i != identities_.end() && devices.size() < limit; ++i) {
        if (!i->first.is_module() && i->first.device_id > after) {
            devices.push_back(i->second);
        }
    }
    return devices;
}

std::vector<core::identity> memory_store::list_modules(std::string_view device_id) {
    std::vector<core::identity> modules;
    for (auto i = identities_.upper_bound({std::string(device_id), ""});
         i != identities_.end() && i->first.device_id == device_id; ++i) {
        modules.push_back(i->second);
    }
    return modules;
}

std::vector<core::identity> memory_store::list_all_modules(const identity_key& after,
                                                           std::size_t limit) {
    std::vector<core::identity> modules;
    for (auto i = identities_.upper_bound(after); i != identities_.end() && modules.size() < limit;
         ++i) {
        if (i->first.is_module()) {
            modules.push_back(i->second);
        }
    }
    return modules;
}

std::optional<core::twin> memory_store::find_twin(const identity_key& key) {
    return find_in(twins_, key);
}

void memory_store::put_twin(const core::twin& value) {
    assign(twins_, value.key, value);
}

void memory_store::change_twin(const identity_key& key,
                               const std::function<void(core::twin&)>& change) {
    if (auto changed = find_twin(key)) {
        change(*changed);
        put_twin(*changed);
    }
}

void memory_store::append_events(std::uint32_t partition, const core::event_block& block) {
    partition_log& log = partitions_[partition];
    undo_.emplace_back([&log, before = log.state] {
        log.blocks.pop_back();
        log.state = before;
    });
    log.blocks.push_back(block);
    grow(log.state, block);
}

std::vector<core::event_block> memory_store::read_events(std::uint32_t partition,
                                                         std::uint64_t sequence_number,
                                                         std::size_t max_bytes) {
    std::vector<core::event_block> read;
    const auto log = partitions_.find(partition);
    if (log == partitions_.end()) {
        return read;
    }
    const auto& blocks = log->second.blocks;
    std::size_t bytes = 0;
    for (auto block = std::ranges::partition_point(blocks,
                                                   [&](const core::event_block& b) {
                                                       return b.first_sequence_number + b.count <=
                                                              sequence_number;
                                                   });
         block != blocks.end(); ++block) {
        bytes += block->bytes.size();
        if (!read.empty() && bytes > max_bytes) {
            break;
        }
        read.push_back(*block);
    }
    return read;
}

void memory_store::trim_events(std::uint32_t partition, std::uint64_t max_bytes, timestamp oldest) {
    const auto found = partitions_.find(partition);
    if (found == partitions_.end()) {
        return;
    }
    partition_log& log = found->second;
    const core::partition_state before = log.state;
    std::vector<core::event_block> dropped;
    while (!log.blocks.empty() &&
           (log.state.bytes > max_bytes || log.blocks.front().enqueued < oldest)) {
        core::event_block& block = log.blocks.front();
        shrink(log.state, block.first_sequence_number + block.count, block.bytes.size());
        dropped.push_back(std::move(block));
        log.blocks.pop_front();
    }
    undo_.emplace_back([&log, before, dropped = std::move(dropped)] {
        log.blocks.insert(log.blocks.begin(), dropped.begin(), dropped.end());
        log.state = before;
    });
}

core::partition_state memory_store::describe_partition(std::uint32_t partition) {
    const auto log = partitions_.find(partition);
    return log == partitions_.end() ? core::partition_state{} : log->second.state;
}

void memory_store::put_message(const identity_key& target, const core::c2d_message& message) {
    assign(messages_, message_key{target, message.sequence_number}, message);
    assign(last_message_, target,
           std::max(find_in(last_message_, target).value_or(0), message.sequence_number));
}

std::optional<core::c2d_message> memory_store::find_message(const identity_key& target,
                                                            std::uint64_t sequence_number) {
    return find_in(messages_, message_key{target, sequence_number});
}

void memory_store::remove_message(const identity_key& target, std::uint64_t sequence_number) {
    erase(messages_, message_key{target, sequence_number});
}

core::queue_state memory_store::describe_queue(const identity_key& target) {
    core::queue_state state;
    state.last_sequence_number = find_in(last_message_, target).value_or(0);
    for (auto i = messages_.lower_bound({target, 0});
         i != messages_.end() && i->first.first == target; ++i) {
        const core::c2d_message& m = i->second;
        state.messages.push_back(
            {m.sequence_number, m.expiry, m.delivery_count, m.ack, !m.input.empty()});
    }
    return state;
}

std::vector<identity_key> memory_store::list_queues() {
    std::vector<identity_key> queues;
    for (const auto& [key, message] : messages_) {
        if (queues.empty() || queues.back() != key.first) {
            queues.push_back(key.first);
        }
    }
    return queues;
}

void memory_store::remove_queue(const identity_key& target) {
    for (const core::waiting_message& waiting : describe_queue(target).messages) {
        remove_message(target, waiting.sequence_number);
    }
    erase(last_message_, target);
}

void memory_store::append_feedback(const core::feedback_record& record, std::size_t most) {
    undo_.emplace_back([this] { --last_feedback_; });
    core::feedback_record kept = record;
    kept.sequence_number = ++last_feedback_;
    assign(feedback_, last_feedback_, std::move(kept));
    while (!feedback_.empty() && last_feedback_ - feedback_.begin()->first >= most) {
        erase(feedback_, std::uint64_t{feedback_.begin()->first});
    }
}

std::vector<core::feedback_record> memory_store::list_feedback(std::size_t limit) {
    std::vector<core::feedback_record> records;
    for (auto i = feedback_.begin(); i != feedback_.end() && records.size() < limit; ++i) {
        records.push_back(i->second);
    }
    return records;
}

void memory_store::remove_feedback(std::uint64_t sequence_number) {
    erase(feedback_, sequence_number);
}

void memory_store::remove_feedback_of(const std::string& device_id) {
    for (const core::feedback_record& record : list_feedback(feedback_.size())) {
        if (record.device_id == device_id) {
            erase(feedback_, record.sequence_number);
        }
    }
}

std::optional<std::string> memory_store::find_record(std::string_view name) {
    return find_in(records_, std::string(name));
}

void memory_store::put_record(std::string_view name, std::string_view value) {
    assign(records_, std::string(name), std::string(value));
}

void memory_store::remove_record(std::string_view name) {
    erase(records_, std::string(name));
}

void memory_store::remove_records(std::string_view prefix) {
    for (const auto& [name, value] : store::list_records(prefix)) {
        erase(records_, name);
    }
}

std::vector<core::stored_record>
memory_store::list_records(std::string_view prefix, std::string_view after, std::size_t limit) {
    std::vector<core::stored_record> listed;
    for (auto i = records_.lower_bound(std::string(std::max(prefix, after)));
         i != records_.end() && i->first.starts_with(prefix) && listed.size() < limit; ++i) {
        if (i->first != after) {
            listed.push_back(*i);
        }
    }
    return listed;
}

void memory_store::put_index_entry(std::string_view index, const identity_key& key,
                                   std::string_view value) {
    remove_index_entry(index, key);
    assign(indexed_values_, index_owner{key, index}, std::string(value));
    assign(index_entries_, index_place{index, value, key}, true);
}

void memory_store::remove_index_entry(std::string_view index, const identity_key& key) {
    const index_owner owner{key, index};
    if (const auto value = find_in(indexed_values_, owner)) {
        erase(index_entries_, index_place{index, *value, key});
        erase(indexed_values_, owner);
    }
}

std::vector<identity_key> memory_store::find_indexed(const core::index_value& wanted,
                                                     const identity_key& after, std::size_t limit) {
    std::vector<identity_key> keys;
    for (auto i = index_entries_.upper_bound(index_place{wanted.index, wanted.value, after});
         i != index_entries_.end() && std::get<0>(i->first) == wanted.index &&
         std::get<1>(i->first) == wanted.value && keys.size() < limit;
         ++i) {
        keys.push_back(std::get<2>(i->first));
    }
    return keys;
}

void memory_store::clear_index(std::string_view index) {
    for (auto i = index_entries_.lower_bound(index_place{index, "", identity_key{}});
         i != index_entries_.end() && std::get<0>(i->first) == index;) {
        const identity_key key = std::get<2>((i++)->first);
        remove_index_entry(index, key);
    }
}

void memory_store::remove_index_entries(const identity_key& key) {
    for (auto i = indexed_values_.lower_bound(index_owner{key, ""});
         i != indexed_values_.end() && i->first.first == key;) {
        const std::string index = (i++)->first.second;
        remove_index_entry(index, key);
    }
}

} // namespace iothub::storage
