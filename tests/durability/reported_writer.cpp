#include "durability/reported_writer.hpp"

#include <algorithm>
#include <stdexcept>

#include "common/json.hpp"
#include "durability/filling.hpp"
#include "durability/torn_twin.hpp"

namespace iothub::durability {

namespace {

constexpr std::size_t most_under_way = 8;
constexpr std::int64_t reports_a_patch = 10;
constexpr std::int64_t longest_filling = 3000;

json values(std::int64_t number) {
    return {{"n", number}, {"filling", filling(number, longest_filling)}};
}

} // namespace

void reported_writer::prepare(const hub_access& hub) {
    auto registry = hub.registry();
    registry.add_device({.device_id = device_id_});
    registry.add_module({.device_id = device_id_, .module_id = "m"});
}

void reported_writer::write(const hub_access& hub, const std::atomic<bool>& gone) {
    auto registry = hub.registry();
    auto module = module_client::create_from_connection_string(hub.module_string(device_id_, "m"),
                                                               hub.device_options());
    try {
        module.open();
        while (!gone) {
            while (under_way_.size() < most_under_way) {
                report_next(module);
            }
            take_answer();
            if (reported_.acknowledged % reports_a_patch == 0) {
                patch_desired(registry);
            }
        }
    } catch (...) {
        take_answers_left();
        throw;
    }
    take_answers_left();
}

void reported_writer::report_next(module_client& module) {
    ++reported_.sent;
    under_way_.push_back(module.update_reported_properties_async(values(reported_.sent)));
}

// The answers come in the order of the requests.
void reported_writer::take_answer() {
    std::future<void> answer = std::move(under_way_.front());
    under_way_.pop_front();
    answer.get();
    ++reported_.acknowledged;
    count_acknowledged();
}

void reported_writer::take_answers_left() {
    bool lost = false;
    for (std::future<void>& answer : under_way_) {
        try {
            answer.get();
            if (lost) {
                throw std::logic_error("an answer came after one that was lost");
            }
            ++reported_.acknowledged;
            count_acknowledged();
        } catch (const hub_error&) {
            lost = true;
        }
    }
    under_way_.clear();
}

void reported_writer::patch_desired(registry_client& registry) {
    ++desired_.sent;
    const twin now = registry.update_module_twin(
        device_id_, "m", {{"properties", {{"desired", values(desired_.sent)}}}});
    if (now.desired_version() != desired_.sent + 1) {
        throw std::runtime_error(device_id_ + ": the patch got the version " +
                                 std::to_string(now.desired_version()));
    }
    desired_.acknowledged = desired_.sent;
    count_acknowledged();
}

void reported_writer::check(const hub_access& hub, findings& found) {
    const twin now = hub.registry().get_module_twin(device_id_, "m");
    const std::string fault = torn_twin(now, longest_filling);
    found.expect(fault.empty(), device_id_ + ": torn twin: " + fault);
    found.expect(now.version() == now.desired_version() + now.reported_version(),
                 device_id_ + ": the twin's versions do not agree: " + now.document().dump());
    check_section(now.reported(), reported_, found);
    check_section(now.desired(), desired_, found);
}

void reported_writer::check_section(const json& now, section& expected, findings& found) {
    const std::int64_t number = now.value("n", std::int64_t{0});
    const std::int64_t version = now.at("$version").get<std::int64_t>();
    const std::string text = device_id_ + ": number " + std::to_string(number) + " in version " +
                             std::to_string(version) + ", acknowledged " +
                             std::to_string(expected.acknowledged) + ", sent " +
                             std::to_string(expected.sent);
    found.expect(number >= expected.acknowledged, "lost: " + text);
    found.expect(number <= expected.sent, "never sent: " + text);
    found.expect(version == number + 1, "versions skipped or repeated: " + text);
    expected = {number, number};
}

} // namespace iothub::durability
