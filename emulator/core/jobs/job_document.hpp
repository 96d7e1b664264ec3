#pragma once
// JobResponse: a job as a back end sees it (service API §1.5; row J03).

#include <string_view>

#include "common/json_fwd.hpp"
#include "emulator/core/jobs/job.hpp"
#include "emulator/core/jobs/job_request.hpp"

namespace iothub::core {

json job_document(const job& which, const job_definition& definition);

// What there is to say of a job that the hub does not know (§1.4).
json unknown_job_document(std::string_view id);

} // namespace iothub::core
