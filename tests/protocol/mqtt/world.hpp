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

} // namespace iothub::test
