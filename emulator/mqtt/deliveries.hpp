#pragma once
// The cloud-to-device messages that a client has been sent and has not acknowledged (MQTT 3.1.1
// §4.3.2; device protocol §1.3). A packet identifier is made of the message's sequence number, so a
// message that is sent again, over this connection or a later one, has the same (§4.4). Used by
// mqtt/connection.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include "emulator/core/device_link.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/mqtt/subscriptions.hpp"

namespace iothub::mqtt {

class deliveries {
public:
    static constexpr std::size_t max_in_flight = 16;

    explicit deliveries(core::hub& hub)
        : hub_(hub) {}

    // Whose messages they are, from CONNECT on.
    void begin(const identity_key& self);

    // Appends the PUBLISH, where the client takes the message and has room for it.
    core::delivery_answer send(const core::c2d_delivery& delivery, const subscriptions& held,
                               std::string& out);

    // PUBACK: completes the message and asks for more. An identifier that nobody waits for is
    // logged and ignored.
    void acknowledged(std::uint16_t packet_id);

    // There is room: has the hub send what waits.
    void ask();

private:
    struct in_flight {
        std::uint64_t sequence_number;
        std::string lock_token;
    };

    bool has_room_for(std::uint16_t packet_id, std::uint64_t sequence_number) const;
    void complete(const in_flight& message);
    template <class Work>
    void with_store(Work work);

    core::hub& hub_;
    identity_key self_;
    identity_key encoded_self_;
    std::map<std::uint16_t, in_flight> in_flight_;
};

} // namespace iothub::mqtt
