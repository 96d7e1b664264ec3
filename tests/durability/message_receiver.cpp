#include "durability/message_receiver.hpp"

#include <chrono>
#include <list>
#include <thread>

#include "durability/https_device.hpp"

namespace iothub::durability {

namespace {

// The hub gives a message up after the tenth.
constexpr std::int64_t most_deliveries = 4;

} // namespace

void message_receiver::write(const hub_access& hub, const std::atomic<bool>& gone) {
    std::list<https_device> devices;
    for (const std::string& device_id : ledger_->devices()) {
        devices.emplace_back(hub, device_id);
    }
    while (!gone) {
        bool any = false;
        for (https_device& device : devices) {
            any = receive(device) || any;
        }
        if (!any) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }
}

// False where no message waits.
bool message_receiver::receive(https_device& device) {
    const auto message = device.receive();
    if (!message) {
        return false;
    }
    const std::int64_t number =
        std::stoll(message->message_id.substr(message->message_id.find('/') + 1));
    ledger_->received(device.id(), number, message->sequence_number, message->delivery_count);
    const auto die = message->delivery_count < most_deliveries ? random_() % 20 : 0;
    if (die < 17) {
        ledger_->settle(device.id(), number, settlement::in_doubt);
        device.complete(*message);
        ledger_->settle(device.id(), number, settlement::completed);
        count_acknowledged();
    } else if (die < 19) {
        device.abandon(*message);
        count_acknowledged();
    } // else it stays locked
    return true;
}

} // namespace iothub::durability
