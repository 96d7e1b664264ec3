#include "emulator/core/uploads/file_notification_queue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>

#include "emulator/core/store.hpp"

namespace iothub::core {

namespace {

constexpr std::string_view records = "file-notifications/";

// The order of the names is that of the numbers.
std::string record_name(std::uint64_t number) {
    return fmt::format("{}{:020}", records, number);
}

std::uint64_t number_in(std::string_view name) {
    std::uint64_t number = 0;
    name.remove_prefix(records.size());
    std::from_chars(name.data(), name.data() + name.size(), number);
    return number;
}

} // namespace

file_notification_queue::file_notification_queue(core::store& store, const core::clock& clock,
                                                 id_source& ids)
    : locked_queue(clock, ids, {.max_delivery_count = 100})
    , store_(store) {
    load();
}

void file_notification_queue::load() {
    waiting_.clear();
    without_size_.clear();
    for (const auto& [name, text] : store_.list_records(records)) {
        auto read = read_file_notification_record(text);
        if (!read) {
            continue;
        }
        const std::uint64_t number = read->sequence_number = number_in(name);
        if (!read->blob_size) {
            without_size_.insert(number);
        }
        last_number_ = std::max(last_number_, number);
        waiting_.emplace(number, *std::move(read));
    }
}

void file_notification_queue::turn_failed() {
    queue_locks::turn_failed();
    load();
}

void file_notification_queue::add(file_notification what) {
    while (!waiting_.empty() &&
           (waiting_.size() >= max_kept || waiting_.begin()->second.enqueued <= oldest_alive())) {
        drop(waiting_.begin()->first);
    }
    what.sequence_number = ++last_number_;
    keep(what);
    if (what.blob_size) {
        added();
    } else {
        without_size_.insert(what.sequence_number);
    }
    waiting_.emplace(what.sequence_number, std::move(what));
}

std::optional<file_notification> file_notification_queue::first_without_size() const {
    return without_size_.empty() ? std::nullopt
                                 : std::optional(waiting_.at(*without_size_.begin()));
}

void file_notification_queue::set_size(std::uint64_t number, std::uint64_t bytes) {
    if (const auto found = waiting_.find(number); found != waiting_.end()) {
        found->second.blob_size = bytes;
        without_size_.erase(number);
        keep(found->second);
        added();
    }
}

void file_notification_queue::clear() {
    while (!waiting_.empty()) {
        drop(waiting_.begin()->first);
    }
}

void file_notification_queue::keep(const file_notification& what) {
    store_.put_record(record_name(what.sequence_number), file_notification_record(what));
}

std::vector<file_notification> file_notification_queue::oldest(std::size_t limit) {
    std::vector<file_notification> found;
    for (const auto& [number, one] : waiting_) {
        if (found.size() == limit) {
            break;
        }
        if (one.blob_size) {
            found.push_back(one);
        }
    }
    return found;
}

void file_notification_queue::remove(std::uint64_t number) {
    store_.remove_record(record_name(number));
    without_size_.erase(number);
    waiting_.erase(number);
}

} // namespace iothub::core
