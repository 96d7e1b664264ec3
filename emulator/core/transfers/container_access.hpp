#pragma once
// Tries, before an export or import job is accepted, whether its containers let the hub do what the
// job will do (service API §1.5: read, write, list and delete). Called by transfer_service.

#include <string>

#include "emulator/core/transfers/blob_container.hpp"

namespace iothub::core {

// blob_container_validation_error with the first thing that is not allowed. The container outlives
// the check, or drops it.
void check_output(blob_container& container, const std::string& probe, blob_container::done done);

// The same for a container to read `blob` from, which must be there.
void check_input(blob_container& container, const std::string& blob, blob_container::done done);

} // namespace iothub::core
