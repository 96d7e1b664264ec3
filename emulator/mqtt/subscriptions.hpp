#pragma once
// What one client has subscribed to (device protocol §1.3, §1.4). Used by mqtt/connection.

#include <bitset>
#include <cstdint>
#include <vector>

#include "common/hub_topics.hpp"
#include "emulator/mqtt/codec/subscribe.hpp"

namespace iothub::mqtt {

class subscriptions {
public:
    subscriptions() = default;

    // As bits() gave them, of an earlier connection.
    explicit subscriptions(unsigned bits)
        : held_(bits) {}

    unsigned bits() const { return static_cast<unsigned>(held_.to_ulong()); }

    // One code a request, for SUBACK: QoS 2 is granted as 1, a filter that `self` may not use is
    // refused.
    std::vector<std::uint8_t> add(const subscribe& packet, const identity_key& self);

    // Filters that are unknown or not subscribed to are passed over.
    void remove(const unsubscribe& packet, const identity_key& self);

    bool has(topics::subscription what) const { return held_[static_cast<std::size_t>(what)]; }

private:
    static constexpr auto kinds = static_cast<std::size_t>(topics::subscription::methods) + 1;

    std::bitset<kinds> held_;
};

} // namespace iothub::mqtt
