#pragma once
// The identities that a hub is seeded with for a measurement: devices d0, d1, … whose keys follow
// from their numbers (servers.py makes the same), and how each logs in.

#include <cstddef>
#include <string>

#include "bench/wire/mqtt_client.hpp"

namespace iothub::bench {

std::string device_id(std::size_t number);

// With a SAS token of the device's own.
mqtt_login hub_login(std::size_t number);

// The one user in mosquitto's password file, with a client id of its own.
mqtt_login broker_login(std::size_t number);

// hub_login() where `target` is "hub", else broker_login().
mqtt_login login_at(const std::string& target, std::size_t number);

// Of the published policy iothubowner, for an hour.
std::string owner_token();

} // namespace iothub::bench
