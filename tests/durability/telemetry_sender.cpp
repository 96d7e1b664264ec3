#include "durability/telemetry_sender.hpp"

namespace iothub::durability {

namespace {

constexpr std::size_t most_under_way = 24;

} // namespace

telemetry_sender::telemetry_sender(std::shared_ptr<event_log> log, int devices)
    : log_(std::move(log)) {
    for (int i = 0; i < devices; ++i) {
        senders_.try_emplace("sender-" + std::to_string(i));
    }
}

void telemetry_sender::prepare(const hub_access& hub) {
    for (const auto& [device_id, one] : senders_) {
        hub.registry().add_device({.device_id = device_id});
    }
}

void telemetry_sender::write(const hub_access& hub, const std::atomic<bool>& gone) {
    std::map<std::string, device_client> devices;
    try {
        for (const auto& [device_id, one] : senders_) {
            devices.emplace(device_id, device_client::create_from_connection_string(
                                           hub.device_string(device_id), hub.device_options()));
        }
        while (!gone) {
            for (auto& [device_id, one] : senders_) {
                send_and_take(one, devices.at(device_id));
            }
        }
    } catch (...) {
        take_answers_left();
        throw;
    }
    take_answers_left();
}

void telemetry_sender::send_and_take(sender& one, device_client& device) {
    while (one.under_way.size() < most_under_way) {
        ++one.sent;
        one.under_way.push_back(device.send_event_async(
            {.body = event_body(one.sent), .message_id = std::to_string(one.sent)}));
    }
    take_answer(one);
}

void telemetry_sender::take_answer(sender& one) {
    std::future<void> answer = std::move(one.under_way.front());
    one.under_way.pop_front();
    const std::int64_t number = one.sent - static_cast<std::int64_t>(one.under_way.size());
    answer.get();
    one.acknowledged = number;
    count_acknowledged();
}

void telemetry_sender::take_answers_left() {
    for (auto& [device_id, one] : senders_) {
        while (!one.under_way.empty()) {
            try {
                take_answer(one);
            } catch (const hub_error&) { // in doubt
            }
        }
    }
}

void telemetry_sender::check(const hub_access& hub, findings& found) {
    log_->read_on(hub, found, [&](const logged_event& event) {
        sender& one = senders_[event.device_id];
        found.expect(event.number == one.found + 1,
                     event.device_id + ": message " + std::to_string(event.number) +
                         " stands after " + std::to_string(one.found));
        one.found = event.number;
    });
    for (auto& [device_id, one] : senders_) {
        found.expect(one.found >= one.acknowledged,
                     device_id + ": the log ends with " + std::to_string(one.found) +
                         ", acknowledged were " + std::to_string(one.acknowledged));
        found.expect(one.found <= one.sent, device_id + ": more in the log than was sent");
        one.sent = one.acknowledged = one.found;
    }
}

void telemetry_sender::check_all(const hub_access& hub, findings& found) {
    check(hub, found);
    log_->read_again(hub, found);
}

} // namespace iothub::durability
