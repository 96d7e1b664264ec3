#pragma once
// What one client has subscribed to (device protocol §1.3, §1.4). Used by mqtt/connection.

#include <bitset>
#include <cstdint>
#include <optional>
#include <vector>

#include "common/hub_topics.hpp"
#include "emulator/mqtt/codec/subscribe.hpp"

namespace iothub::mqtt {

class subscriptions {
public:
    subscriptions() = default;

    // As bits() gave them, of an earlier connection.
    explicit subscriptions(unsigned bits);
    unsigned bits() const;

    // One code a request, for SUBACK: QoS 2 is granted as 1, a filter that `self` may not use is
    // refused.
    std::vector<std::uint8_t> add(const subscribe& packet, const identity_key& self);

    // Filters that are unknown or not subscribed to are passed over.
    void remove(const unsubscribe& packet, const identity_key& self);

    bool has(topics::subscription what) const { return held_[static_cast<std::size_t>(what)]; }

    // The QoS at which a message goes out, to an input or to none; nothing where no filter takes
    // it.
    std::optional<std::uint8_t> messages_at(bool to_input) const;

    // The topics of messages have the ids percent-encoded, as the filter had them.
    bool ids_encoded() const { return ids_encoded_; }

private:
    static constexpr auto kinds = static_cast<std::size_t>(topics::subscription::all_messages) + 1;

    std::bitset<kinds> held_;
    std::bitset<kinds> at_qos_0_;
    bool ids_encoded_ = false;
};

} // namespace iothub::mqtt
