#pragma once
// What a back end asks for when it creates a job: JobRequest (service API §1.5; rows J01, J02).
// Read for job_service::create.

#include <cstdint>
#include <string>
#include <string_view>

#include "common/json_fwd.hpp"
#include "common/result.hpp"
#include "common/timestamp.hpp"
#include "emulator/core/jobs/job.hpp"

namespace iothub::core {

// What a job is to do with whom, as it was asked.
struct job_definition {
    std::string condition; // which may be wrong: the job finds out
    std::string action;    // JSON text of the cloudToDeviceMethod or the updateTwin
};

struct job_request {
    std::string id;
    job_type type = job_type::update_twin;
    timestamp start = never;
    std::int64_t max_execution_seconds = 3600; // also where 0 is asked for
    job_definition definition;
};

// 1 to 64 of a-z, 0-9, - and '.
bool is_job_id(std::string_view id);
error invalid_job_id(); // argument_invalid

// `id` is the path's, `now` the start where none is given. argument_invalid names what is wrong.
result<job_request> read_job_request(const std::string& id, const json& document, timestamp now);

} // namespace iothub::core
