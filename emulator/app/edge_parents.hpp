#pragma once
// Devices of a document that stand below IoT Edge devices: a document names a parent by its id,
// the hub by its scope (service API §2.4), which the parent gets when it is made. Used by seed and
// registry_document.

#include <string>
#include <vector>

#include "common/result.hpp"
#include "emulator/app/seed.hpp"

namespace iothub::app {

// Puts each device, with its modules, behind those above it. argument_invalid with the place of a
// parent that is no IoT Edge device of the document or the hub, or of one too many levels: a device
// has at most 32 above it, and never itself.
result<> order_by_parents(core::hub& hub, std::vector<seeded_identity>& identities);

// The request of an identity whose parent is there. invalid_device_scope where it is not.
result<core::identity_request> request_below_parent(core::hub& hub, const seeded_identity& one);

// The id of the device above; empty where there is none any more.
std::string parent_of(core::hub& hub, const core::identity& device);

} // namespace iothub::app
