#pragma once
// The documents of job_client: jobs that change twins or call methods of many devices at a time,
// and jobs that carry the registry to and from blob storage. They are JobResponse and JobProperties
// of the .NET SDK (service API §1.5).

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "iothub/identities.hpp"
#include "iothub/json_value.hpp"
#include "iothub/paged.hpp"

namespace iothub {

// `unknown` is what the hub says of a job that it does not know, and what this library knows no
// name for.
enum class job_type {
    unknown,
    schedule_device_method,
    schedule_update_twin,
    export_devices,
    import_devices
};

enum class job_status {
    unknown,
    enqueued,
    queued,
    scheduled, // its time has not come
    running,
    completed,
    failed,
    cancelled
};

// As the hub writes them: "scheduleDeviceMethod", "completed".
std::string_view to_string(job_type type);
std::string_view to_string(job_status status);

// Whether the job will do nothing any more: completed, failed or cancelled.
bool has_ended(job_status status);

// Which devices a job is for, and when.
struct job_schedule {
    std::string job_id{}; // of the caller's choice, not used yet: 1 to 64 of a-z 0-9 - '

    // What stands after WHERE in a query ("tags.floor = 1"), or "*"; for modules, "FROM
    // devices.modules WHERE …". A wrong one is found when the job runs, which then fails.
    std::string condition{"*"};

    std::optional<hub_time> start_time{}; // nothing: now; at most 7 days ahead
    std::chrono::seconds max_execution_time{3600};
};

// Devices, or modules, of a job.
struct job_statistics {
    std::int64_t devices = 0;
    std::int64_t failed = 0;
    std::int64_t succeeded = 0;
    std::int64_t running = 0;
    std::int64_t pending = 0;
};

struct scheduled_job {
    std::string job_id{};
    job_type type = job_type::unknown;
    job_status status = job_status::unknown;
    std::optional<hub_time> created_time{};
    std::optional<hub_time> start_time{};
    std::optional<hub_time> end_time{};
    std::chrono::seconds max_execution_time{0};
    std::string condition{};
    std::string failure_reason{};
    std::string status_message{};
    job_statistics statistics{};
    json_value document{}; // as the hub wrote it, with "updateTwin" or "cloudToDeviceMethod"
};

// Which scheduled jobs to list; nothing: all.
struct job_filter {
    std::optional<job_type> type{};
    std::optional<job_status> status{};
    paging_options paging{};
};

// `container_uri` of the calls names a container of a blob storage with a SAS that may read, write,
// list and delete: "https://account.blob.core.windows.net/c?sv=…".
struct export_options {
    bool exclude_keys = false;
    std::string blob_name{}; // empty: devices.txt
    bool include_configurations = false;
    std::string configurations_blob_name{}; // empty: configurations.txt
};

struct import_options {
    std::string blob_name{}; // in the input container; empty: devices.txt
    bool include_configurations = false;
    std::string configurations_blob_name{};
};

// An import or export.
struct transfer_job {
    std::string job_id{}; // made by the hub
    job_type type = job_type::unknown;
    job_status status = job_status::unknown;
    int progress = 0; // percent
    std::optional<hub_time> start_time{};
    std::optional<hub_time> end_time{};
    std::string failure_reason{}; // lines that failed are no reason: see importErrors.log
    bool exclude_keys = false;
};

} // namespace iothub
