#pragma once
// Telemetry as a back end reads it from the partitions of the Event Hubs-compatible endpoint, and
// where in a partition reading begins. Used by event_consumer.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "iothub/identities.hpp"

namespace iothub {

struct partition_event {
    std::string body{};
    std::map<std::string, std::string> properties{}; // the application's own

    // The hub's: "iothub-connection-auth-method", "iothub-message-source", …; and those that the
    // device gave, beside the members below.
    std::map<std::string, std::string> system_properties{};

    // Who sent it; module_id is empty where it was the device itself.
    std::string device_id{};
    std::string module_id{};

    // Empty where the device gave none.
    std::string message_id{};
    std::string correlation_id{};
    std::string content_type{};
    std::string content_encoding{};

    // Where it stands. Sequence numbers of a partition have no gaps.
    std::string partition_id{};
    std::int64_t sequence_number = 0;
    std::string offset{};
    hub_time enqueued_time{};
};

// Gets the events; false ends the reading.
using event_handler = std::function<bool(const partition_event&)>;

// A place in a partition, from which on events are read.
class event_position {
public:
    static event_position earliest();
    static event_position latest(); // what comes from now on

    static event_position from_sequence_number(std::int64_t number, bool inclusive = true);
    static event_position from_offset(std::string_view offset, bool inclusive = true);
    static event_position from_enqueued_time(hub_time time); // and later

    // The next event of the partition; for going on after it.
    static event_position after(const partition_event& last);

    // "amqp.annotation.x-opt-sequence-number >= '5'", as it is sent.
    const std::string& selector() const noexcept { return selector_; }

private:
    explicit event_position(std::string selector);

    std::string selector_;
};

// What there is to be read.
struct event_hub_properties {
    std::string name{};
    std::vector<std::string> partition_ids{};
};

struct partition_properties {
    std::string id{};
    bool is_empty = true; // nothing was ever sent
    std::int64_t beginning_sequence_number = 0;
    std::int64_t last_enqueued_sequence_number = -1;
    std::string last_enqueued_offset{};
    hub_time last_enqueued_time{};
};

} // namespace iothub
