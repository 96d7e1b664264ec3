#include "emulator/mqtt/subscriptions.hpp"

#include <algorithm>

namespace iothub::mqtt {

std::vector<std::uint8_t> subscriptions::add(const subscribe& packet, const identity_key& self) {
    std::vector<std::uint8_t> codes;
    for (const auto& [filter, qos] : packet.requests) {
        const auto known = topics::parse_filter(filter, self);
        codes.push_back(known ? std::min<std::uint8_t>(qos, 1) : subscription_refused);
        if (known) {
            held_.set(static_cast<std::size_t>(*known));
        }
    }
    return codes;
}

void subscriptions::remove(const unsubscribe& packet, const identity_key& self) {
    for (const std::string_view filter : packet.filters) {
        if (const auto known = topics::parse_filter(filter, self)) {
            held_.reset(static_cast<std::size_t>(*known));
        }
    }
}

} // namespace iothub::mqtt
