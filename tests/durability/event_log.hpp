#pragma once
// The telemetry of a hub's partitions as it was read through the management API, to be compared
// with what is read later: sequence numbers without gaps, offsets that grow, nothing changed.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "durability/findings.hpp"
#include "durability/hub_access.hpp"

namespace iothub::durability {

struct logged_event {
    std::string device_id;
    std::int64_t number = 0; // the sender's
    std::string offset;

    bool operator==(const logged_event&) const = default;
};

// What senders put into a message, whole or not at all.
std::string event_body(std::int64_t number);
// -1 where the body is no whole one.
std::int64_t number_of_body(const std::string& body);

using place_in_log = std::pair<std::int64_t, std::int64_t>; // partition and sequence number

class event_log {
public:
    // Reads on from where the last reading ended; `each` gets what is new, in the log's order.
    void read_on(const hub_access& hub, findings& found,
                 const std::function<void(const logged_event&)>& each);

    // Reads everything again; it must be what was read before.
    void read_again(const hub_access& hub, findings& found);

    const logged_event* find(const place_in_log& place) const;

private:
    // The cursor after the last event from `after` on.
    std::string read_pages(const hub_access& hub, std::string after,
                           const std::function<void(const json&)>& each) const;
    void add(const json& event, findings& found,
             const std::function<void(const logged_event&)>& each);
    void check_place(const place_in_log& place, std::int64_t offset, findings& found);

    struct partition_end {
        std::int64_t sequence_number = -1;
        std::int64_t offset = -1;
    };

    std::string next_ = "oldest";
    std::map<std::int64_t, partition_end> ends_;
    std::map<place_in_log, logged_event> events_;
};

} // namespace iothub::durability
