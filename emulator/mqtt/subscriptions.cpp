#include "emulator/mqtt/subscriptions.hpp"

#include <algorithm>

namespace iothub::mqtt {

namespace {

constexpr unsigned low(unsigned bits, std::size_t count) {
    return bits & ((1U << count) - 1);
}

} // namespace

subscriptions::subscriptions(unsigned bits)
    : held_(low(bits, kinds))
    , at_qos_0_(low(bits >> kinds, kinds))
    , ids_encoded_(low(bits >> (2 * kinds), 1) != 0) {}

unsigned subscriptions::bits() const {
    return static_cast<unsigned>(held_.to_ulong()) |
           (static_cast<unsigned>(at_qos_0_.to_ulong()) << kinds) |
           ((ids_encoded_ ? 1U : 0U) << (2 * kinds));
}

std::vector<std::uint8_t> subscriptions::add(const subscribe& packet, const identity_key& self) {
    std::vector<std::uint8_t> codes;
    for (const auto& [filter, qos] : packet.requests) {
        const auto known = topics::parse_filter(filter, self);
        codes.push_back(known ? std::min<std::uint8_t>(qos, 1) : subscription_refused);
        if (known) {
            held_.set(static_cast<std::size_t>(*known));
            at_qos_0_.set(static_cast<std::size_t>(*known), qos == 0);
        }
        if (known && filter.starts_with("devices/")) {
            ids_encoded_ = topics::names_encoded_ids(filter, self);
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

std::optional<std::uint8_t> subscriptions::messages_at(bool to_input) const {
    using topics::subscription;
    std::optional<std::uint8_t> best;
    for (const subscription one :
         {to_input ? subscription::inputs : subscription::c2d, subscription::all_messages}) {
        if (has(one)) {
            const std::uint8_t qos = at_qos_0_[static_cast<std::size_t>(one)] ? 0 : 1;
            best = std::max(best.value_or(0), qos);
        }
    }
    return best;
}

} // namespace iothub::mqtt
