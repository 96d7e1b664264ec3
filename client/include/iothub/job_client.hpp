#pragma once
// The jobs of an IoT hub, as registry_client::jobs() gives them: the JobClient of the .NET service
// SDK, and the import and export of its RegistryManager. A cheap handle; it shares the connections
// of the registry_client, may outlive it, and may be used from any thread.
//
// Every call throws as those of registry_client do. A policy needs ServiceConnect for scheduled
// jobs, and RegistryWrite for import and export.

#include <chrono>
#include <memory>
#include <string_view>
#include <vector>

#include "iothub/jobs.hpp"
#include "iothub/json_fwd.hpp"
#include "iothub/method.hpp"
#include "iothub/paged.hpp"

namespace iothub {

namespace client {
class registry_connection;
}

// How to wait for the end of a job: how long, and the longest pause between two questions; the
// first pauses are shorter.
struct job_wait {
    std::chrono::milliseconds time_out{60'000};
    std::chrono::milliseconds interval{500};
};

class job_client {
public:
    // Schedules a change of the twins of every device, or module, that meets the condition:
    // `{"tags":{…},"properties":{"desired":{…}}}` is merged into each, null removing a member.
    // Returns the job as it stands, commonly `queued`. argument_invalid for an id or a time that
    // is not allowed; conflict (JobAlreadyExists) where the id was used; throttled where too many
    // jobs wait or run.
    scheduled_job schedule_twin_update(const job_schedule& schedule, const json& patch) const;

    // As schedule_twin_update, calling a direct method. A device that is not connected counts as
    // failed; what each answered is in `SELECT * FROM devices.jobs WHERE jobId = '…'`.
    scheduled_job schedule_method(const job_schedule& schedule, std::string_view name,
                                  const json& payload, const method_timeouts& timeouts = {}) const;

    // The job as it stands. Type and status are `unknown` where there is no such job.
    scheduled_job get(std::string_view job_id) const;

    // Ends a job before it began. conflict (OperationNotAllowedInCurrentState) where it runs or has
    // ended; not_found (JobNotFound).
    scheduled_job cancel(std::string_view job_id) const;

    // The jobs of the last 30 days.
    paged<scheduled_job> list(const job_filter& filter = {}) const;

    // Returns the job when it has ended, well or not. time_out where it has not in time, and goes
    // on; not_found where there is none.
    scheduled_job wait(std::string_view job_id, const job_wait& limits = {}) const;

    // Writes all devices and modules with their twins into a blob of the container, a JSON object a
    // line. argument_invalid where the hub cannot write there; quota_exceeded while another import
    // or export runs.
    transfer_job export_devices(std::string_view container_uri,
                                const export_options& options = {}) const;

    // Applies the lines of a blob of the input container to the registry; the lines that cannot be
    // are listed in the blob importErrors.log of the output container. Errors as export_devices.
    transfer_job import_devices(std::string_view input_container_uri,
                                std::string_view output_container_uri,
                                const import_options& options = {}) const;

    transfer_job get_transfer(std::string_view job_id) const; // not_found
    std::vector<transfer_job> list_transfers() const;
    void cancel_transfer(std::string_view job_id) const;
    transfer_job wait_for_transfer(std::string_view job_id,
                                   const job_wait& limits = {}) const; // as wait

private:
    friend class registry_client;
    explicit job_client(std::shared_ptr<client::registry_connection> connection);

    std::shared_ptr<client::registry_connection> connection_;
};

} // namespace iothub
