#pragma once
// Devices that send numbered telemetry over MQTT with QoS 1, many messages under way at a time.
// After a restart the log has all that was acknowledged, in the order it was sent in, each once.

#include <cstdint>
#include <deque>
#include <future>
#include <map>
#include <memory>
#include <string>

#include "durability/event_log.hpp"
#include "durability/workload.hpp"
#include "iothub/device_client.hpp"

namespace iothub::durability {

class telemetry_sender final : public workload {
public:
    telemetry_sender(std::shared_ptr<event_log> log, int devices);

    std::string name() const override { return "telemetry (MQTT QoS 1)"; }
    void prepare(const hub_access& hub) override;
    void write(const hub_access& hub, const std::atomic<bool>& gone) override;
    void check(const hub_access& hub, findings& found) override;
    void check_all(const hub_access& hub, findings& found) override;

private:
    struct sender {
        std::int64_t sent = 0;
        std::int64_t acknowledged = 0;
        std::int64_t found = 0; // in the log
        std::deque<std::future<void>> under_way{};
    };

    void send_and_take(sender& one, device_client& device);
    void take_answer(sender& one);
    void take_answers_left();

    std::shared_ptr<event_log> log_;
    std::map<std::string, sender> senders_; // by device
};

} // namespace iothub::durability
