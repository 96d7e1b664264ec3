#pragma once
// What is known of the cloud-to-device messages of some devices, between the back end that sends
// them and the receiver that locks and settles them. Both run at the same time.

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "durability/findings.hpp"
#include "durability/hub_access.hpp"
#include "durability/workload.hpp"

namespace iothub::durability {

enum class settlement { none, in_doubt, completed };

struct sent_message {
    bool acknowledged = false;
    settlement settled = settlement::none;
    std::int64_t sequence_number = 0; // 0: not told yet
    std::int64_t delivery_count = 0;  // as last told
};

// Every fifth message wants feedback.
bool wants_feedback(std::int64_t number);

class queue_ledger {
public:
    queue_ledger(int devices, hub_life life);

    const std::vector<std::string>& devices() const { return devices_; }

    std::int64_t begin_send(const std::string& device_id); // the message's number, from 1
    void sent(const std::string& device_id, std::int64_t number);
    void not_sent(const std::string& device_id, std::int64_t number);
    void received(const std::string& device_id, std::int64_t number, std::int64_t sequence_number,
                  std::int64_t delivery_count);
    void settle(const std::string& device_id, std::int64_t number, settlement how);

    // With the queues and the feedback of the hub, which are believed from then on.
    void check(const hub_access& hub, findings& found);

private:
    using messages = std::map<std::int64_t, sent_message>; // by their number

    void check_queue(const std::string& device_id, const json& queue, findings& found);
    void check_listed(const std::string& device_id, const json& listed, findings& found);
    void check_absent(const std::string& device_id, const std::set<std::int64_t>& present,
                      findings& found);
    void check_feedback(const json& records, findings& found);

    hub_life life_;
    std::mutex mutex_;
    std::vector<std::string> devices_;
    std::map<std::string, messages> messages_; // by device
    std::map<std::string, std::int64_t> last_number_;
    std::map<std::string, int> feedback_wanted_; // "device/number" of what was completed
};

} // namespace iothub::durability
