#pragma once
// Where the rows of `FROM devices.jobs` are kept (service API §1.5, §6.1): records of the store,
// one for each device or module of a job. job_service writes them, queries read them.

#include <string>
#include <string_view>

#include "common/identity_key.hpp"

namespace iothub::core {

// "job-device/{jobId}/{deviceId}/{moduleId}", the last one empty for a device; ids hold no slash.
// The value is the text of the DeviceJob document as a query answers it.
inline constexpr std::string_view device_job_records = "job-device/";

inline std::string device_job_record(std::string_view job_id, const identity_key& whose) {
    return std::string(device_job_records) + std::string(job_id) + '/' + whose.device_id + '/' +
           whose.module_id;
}

} // namespace iothub::core
