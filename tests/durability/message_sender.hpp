#pragma once
// A back end that sends cloud-to-device messages over AMQP, to one device after another, as fast as
// their queues take them.

#include <memory>

#include "durability/queue_ledger.hpp"
#include "durability/workload.hpp"

namespace iothub::durability {

class message_sender final : public workload {
public:
    explicit message_sender(std::shared_ptr<queue_ledger> ledger)
        : ledger_(std::move(ledger)) {}

    std::string name() const override { return "messages to devices (AMQP)"; }
    void prepare(const hub_access& hub) override;
    void write(const hub_access& hub, const std::atomic<bool>& gone) override;
    void check(const hub_access& hub, findings& found) override { ledger_->check(hub, found); }

private:
    bool send(const service_client& service, const std::string& device_id);

    std::shared_ptr<queue_ledger> ledger_;
};

} // namespace iothub::durability
