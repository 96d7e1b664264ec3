#pragma once
// What a back end asks for when it creates an export or import job: the JobProperties that it sends
// (service API §1.5). Read for http/api/transfer_jobs, carried out by transfer_service.

#include <optional>
#include <string>

#include "common/json_fwd.hpp"
#include "common/result.hpp"
#include "emulator/core/transfers/transfer_job.hpp"

namespace iothub::core {

struct transfer_request {
    transfer_type type = transfer_type::export_devices;
    std::string input_uri;                          // of imports: the container to read from
    std::string output_uri;                         // where devices, or an import's errors, go
    std::string devices_blob = "devices.txt";       // written by exports, read by imports
    std::optional<std::string> configurations_blob; // where configurations go along
    bool exclude_keys = false;                      // of exports
};

// Words match in any case. argument_invalid names the member that is missing or wrong;
// managed_identity_not_enabled where the hub is to open the containers as itself.
result<transfer_request> read_transfer_request(const json& document);

} // namespace iothub::core
