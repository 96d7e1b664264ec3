#include "durability/workloads.hpp"

#include "durability/event_reader.hpp"
#include "durability/message_receiver.hpp"
#include "durability/message_sender.hpp"
#include "durability/registry_writer.hpp"
#include "durability/reported_writer.hpp"
#include "durability/telemetry_sender.hpp"

namespace iothub::durability {

// The log is read by the senders' check, before that of its reader.
std::vector<std::unique_ptr<workload>>
make_workloads(hub_life life, const std::function<std::uint64_t()>& random_number) {
    const auto log = std::make_shared<event_log>();
    const auto queues = std::make_shared<queue_ledger>(4, life);
    std::vector<std::unique_ptr<workload>> made;
    for (const char* prefix : {"a-", "b-"}) {
        made.push_back(std::make_unique<registry_writer>(prefix, random_number()));
    }
    for (const char* device_id : {"reporter-0", "reporter-1"}) {
        made.push_back(std::make_unique<reported_writer>(device_id));
    }
    made.push_back(std::make_unique<telemetry_sender>(log, 3));
    made.push_back(std::make_unique<event_reader>(log));
    made.push_back(std::make_unique<message_sender>(queues));
    for (int receiver = 0; receiver < 2; ++receiver) {
        made.push_back(std::make_unique<message_receiver>(queues, random_number()));
    }
    return made;
}

} // namespace iothub::durability
