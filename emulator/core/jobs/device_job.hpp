#pragma once
// What a job does with one device or module: DeviceJob, a row of `FROM devices.jobs` (service API
// §1.5). job_run writes them as device_job_records.

#include <optional>
#include <string>

#include "common/identity_key.hpp"
#include "common/result.hpp"
#include "common/timestamp.hpp"
#include "emulator/core/jobs/job.hpp"

namespace iothub::core {

enum class device_job_status { pending, running, completed, failed, canceled };

struct device_job {
    identity_key whose{};
    device_job_status status = device_job_status::pending;
    timestamp updated = never;
    std::optional<timestamp> started{};
    std::optional<timestamp> ended{};
    std::string method_answer{};    // JSON text {"status":n,"payload":any}, or empty
    std::optional<error> failure{}; // why it failed or was canceled
};

// The text of its record.
std::string device_job_text(const job& of, const device_job& row);

} // namespace iothub::core
