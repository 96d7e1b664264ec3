#pragma once
// The whole registry in the form of the configuration's `devices`, keys included, and back: how
// tests save and restore what a hub holds (docs/management-api.md, "Registry"). Called through the
// management port and iothub::emulator, within a turn.

#include <string>
#include <string_view>

#include "common/result.hpp"
#include "emulator/app/seed.hpp"

namespace iothub::app {

// {"devices":[…]} as JSON text, of one device or, where the id is empty, of all.
// device_not_found; message_too_large beyond management::max_registry_size.
result<std::string> export_registry(core::hub& hub, std::string_view device_id);

// The same form, of the devices behind that id in the order of ids: at most `limit`, and no more
// than management::max_registry_size takes, but at least one where there is one.
std::string export_devices(core::hub& hub, std::string_view after, std::size_t limit);

// Adds or replaces what the text names, twins included. argument_invalid with the place of the
// first mistake; then nothing was changed.
result<> import_registry(core::hub& hub, std::string_view text);

// Begins anew with the certificate authorities of the seed, and with its identities or without.
void reset(core::hub& hub, const seed& wanted, bool with_identities);

} // namespace iothub::app
