#pragma once
// A scheduled job as it stands (service API §1.5, JobResponse; rows J01–J03), without what was
// asked of it, which is a job_definition. A record of the store; job_table keeps them, job_service
// and job_run change them.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/identity_key.hpp"
#include "common/timestamp.hpp"

namespace iothub::core {

enum class job_type { device_method, update_twin };
enum class job_status { queued, scheduled, running, completed, failed, cancelled };

// What a running job does: it finds its devices, then does what it is to do with each, or, where
// its time is over, gives up those that are left.
enum class job_stage { targeting, working, closing };

// Devices or modules. Every one counts in `devices` and in one of the others.
struct job_statistics {
    std::uint64_t devices = 0;
    std::uint64_t failed = 0;
    std::uint64_t succeeded = 0;
    std::uint64_t running = 0;
    std::uint64_t pending = 0;

    bool operator==(const job_statistics&) const = default;
};

struct job {
    std::string id;
    job_type type = job_type::update_twin;
    job_status status = job_status::queued;
    timestamp created = never;
    timestamp start = never;        // when it is to begin
    std::optional<timestamp> began; // when it did
    std::optional<timestamp> ended;
    std::int64_t max_execution_seconds = 0;
    std::string failure_reason;
    job_statistics statistics;

    // Of a running one: what it does, behind whom it goes on, and who has not answered yet.
    job_stage stage = job_stage::targeting;
    identity_key position;
    std::vector<identity_key> in_flight;

    bool operator==(const job&) const = default;
};

// Queued, scheduled or running.
bool is_active(const job& which);

// "scheduleDeviceMethod", "scheduleUpdateTwin".
std::string_view job_type_name(job_type type);
std::optional<job_type> job_type_of(std::string_view name); // in any case

// "queued", "scheduled", "running", "completed", "failed", "cancelled".
std::string_view job_status_name(job_status status);

// The record, and what it says; nothing where it cannot be read.
std::string job_record(const job& which);
std::optional<job> read_job_record(std::string_view text);

} // namespace iothub::core
