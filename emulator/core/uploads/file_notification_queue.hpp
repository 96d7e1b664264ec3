#pragma once
// Notifications of uploaded files that wait for a receiver (service API §7.4; row F01), kept over
// restarts. Receivers compete. Filled by file_notification_service, read by
// amqp/nodes/service/file_notifications.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "emulator/core/locked_queue.hpp"
#include "emulator/core/uploads/file_notification.hpp"

namespace iothub::core {

class store;

class file_notification_queue final : public locked_queue<file_notification> {
public:
    static constexpr std::size_t max_kept = 10'000; // the oldest goes first

    // Both throw store_fault.
    file_notification_queue(core::store& store, const core::clock& clock, id_source& ids);
    void turn_failed();

    // Its number is given here. It is received once the size of its blob is known.
    void add(file_notification what);

    // The oldest one whose blob's size nobody knows yet.
    std::optional<file_notification> first_without_size() const;
    void set_size(std::uint64_t number, std::uint64_t bytes);

    void clear();

private:
    void load();
    void keep(const file_notification& what);
    std::vector<file_notification> oldest(std::size_t limit) override;
    void remove(std::uint64_t number) override;

    core::store& store_;
    std::map<std::uint64_t, file_notification> waiting_;
    std::set<std::uint64_t> without_size_;
    std::uint64_t last_number_ = 0;
};

} // namespace iothub::core
