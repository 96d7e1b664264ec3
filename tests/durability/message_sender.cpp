#include "durability/message_sender.hpp"

#include <chrono>
#include <thread>

#include "durability/message_body.hpp"

namespace iothub::durability {

void message_sender::prepare(const hub_access& hub) {
    for (const std::string& device_id : ledger_->devices()) {
        hub.registry().add_device({.device_id = device_id});
    }
}

void message_sender::write(const hub_access& hub, const std::atomic<bool>& gone) {
    const service_client service = hub.service();
    while (!gone) {
        bool any = false;
        for (const std::string& device_id : ledger_->devices()) {
            any = send(service, device_id) || any;
        }
        if (!any) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }
}

// False where the queue is full.
bool message_sender::send(const service_client& service, const std::string& device_id) {
    const std::int64_t number = ledger_->begin_send(device_id);
    const std::string text = std::to_string(number);
    try {
        service.send(device_id,
                     {.body = message_body(number),
                      .properties = {{"n", text}},
                      .message_id = device_id + "/" + text,
                      .acknowledgement = wants_feedback(number) ? delivery_acknowledgement::positive
                                                                : delivery_acknowledgement::none});
    } catch (const quota_exceeded&) {
        ledger_->not_sent(device_id, number);
        return false;
    }
    ledger_->sent(device_id, number);
    count_acknowledged();
    return true;
}

} // namespace iothub::durability
