#pragma once
// `devices` of the configuration file (docs/configuration.md, "Seeding identities"): devices,
// modules and their twins. Called by config_file.

#include "emulator/app/config_members.hpp"
#include "emulator/app/seed.hpp"

namespace iothub::app {

// Everything is checked that can be without the hub: ids, keys, thumbprints, twin sections, ids
// that stand twice.
fault read_devices(const json& value, seed& target);

} // namespace iothub::app
