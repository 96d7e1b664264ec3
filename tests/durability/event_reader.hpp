#pragma once
// A back end that reads telemetry over AMQP while it comes. What it was handed is a promise too:
// after a restart the same event stands at the same place.

#include <map>
#include <memory>

#include "durability/event_log.hpp"
#include "durability/workload.hpp"

namespace iothub::durability {

class event_reader final : public workload {
public:
    explicit event_reader(std::shared_ptr<const event_log> log)
        : log_(std::move(log)) {}

    std::string name() const override { return "events read (AMQP)"; }
    void write(const hub_access& hub, const std::atomic<bool>& gone) override;
    void check(const hub_access& hub, findings& found) override; // after the log was read

private:
    std::shared_ptr<const event_log> log_;
    std::map<place_in_log, logged_event> handed_; // since the last check
};

} // namespace iothub::durability
