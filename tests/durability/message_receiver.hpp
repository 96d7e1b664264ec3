#pragma once
// Devices that get their messages over HTTPS, where each is locked until it is settled: most are
// completed, some abandoned, some left locked.

#include <memory>
#include <random>
#include <string>

#include "durability/queue_ledger.hpp"
#include "durability/workload.hpp"

namespace iothub::durability {

class https_device;

class message_receiver final : public workload {
public:
    message_receiver(std::shared_ptr<queue_ledger> ledger, std::uint64_t seed)
        : ledger_(std::move(ledger))
        , random_(seed) {}

    std::string name() const override { return "messages settled (HTTPS)"; }
    void write(const hub_access& hub, const std::atomic<bool>& gone) override;
    void check(const hub_access&, findings&) override {} // message_sender's

private:
    bool receive(https_device& device);

    std::shared_ptr<queue_ledger> ledger_;
    std::mt19937_64 random_;
};

} // namespace iothub::durability
