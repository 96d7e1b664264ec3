#pragma once
// The world of MQTT's scripts, and a client that does everything right.

#include "support/device_world.hpp"
#include "support/mqtt_packets.hpp"

namespace iothub::test {

// CONNECT as `key` with everything in order; tests change what they are about.
inline packet::connect_fields good_connect(const identity_key& key) {
    packet::connect_fields fields;
    fields.client_id = key.text();
    fields.user_name = "hub.test/" + key.text() + "/?api-version=2021-04-12";
    fields.password = token_of(key);
    return fields;
}

// The same, and when the client is lost "gone" is published, retained, at QoS 1.
inline packet::connect_fields connect_with_will(const identity_key& key, std::string_view topic) {
    packet::connect_fields fields = good_connect(key);
    fields.extra_flags = 0x04 | 0x08 | 0x20;
    fields.will = packet::text(topic) + packet::text("gone");
    return fields;
}

} // namespace iothub::test
