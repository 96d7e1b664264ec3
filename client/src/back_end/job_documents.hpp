#pragma once
// The documents of scheduled jobs, JobRequest and JobResponse, and of imports and exports,
// JobProperties (service API §1.5). Used by job_client.

#include <string_view>

#include "common/json_fwd.hpp"
#include "iothub/jobs.hpp"

namespace iothub::client {

// What every request for a scheduled job has; the caller adds what it does.
json schedule_document(const job_schedule& schedule, job_type type);

json export_document(std::string_view container_uri, const export_options& options);
json import_document(std::string_view input_uri, std::string_view output_uri,
                     const import_options& options);

// Throw protocol_error where the document is no object or a member has the wrong type.
scheduled_job read_scheduled_job(const json& document);
transfer_job read_transfer_job(const json& document);

} // namespace iothub::client
