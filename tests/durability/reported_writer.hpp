#pragma once
// A module over MQTT that reports rising numbers, several under way at a time, while a back end
// patches the desired properties of the same twin over REST. One version a change: so the versions
// tell how many changes there were, and the numbers which.

#include <cstdint>
#include <deque>
#include <future>
#include <string>

#include "durability/workload.hpp"
#include "iothub/module_client.hpp"

namespace iothub::durability {

class reported_writer final : public workload {
public:
    explicit reported_writer(std::string device_id)
        : device_id_(std::move(device_id)) {}

    std::string name() const override { return "twins reported (MQTT)"; }
    void prepare(const hub_access& hub) override;
    void write(const hub_access& hub, const std::atomic<bool>& gone) override;
    void check(const hub_access& hub, findings& found) override;

private:
    struct section {
        std::int64_t sent = 0;
        std::int64_t acknowledged = 0;
    };

    void report_next(module_client& module);
    void take_answer();
    void take_answers_left();
    void patch_desired(registry_client& registry);
    void check_section(const json& now, section& expected, findings& found);

    std::string device_id_;
    section reported_;
    section desired_;
    std::deque<std::future<void>> under_way_;
};

} // namespace iothub::durability
