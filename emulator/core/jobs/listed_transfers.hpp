#pragma once
// Exports and imports as the list of scheduled jobs shows them (service API §1.3 row 32): .NET asks
// it for ExportDevices and ImportDevices. Wired to job_service::also_list by the hub.

#include <vector>

#include "common/json_fwd.hpp"

namespace iothub::core {

class transfer_service;

// JobResponse documents.
std::vector<json> listed_transfers(transfer_service& transfers);

} // namespace iothub::core
