#pragma once
// Which jobs a back end wants to see (service API §1.3 row 32, §1.5): by type and status, a page at
// a time. Used by job_service::list and http/api/scheduled_jobs.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "common/json_fwd.hpp"
#include "common/result.hpp"

namespace iothub::core {

// Names as documents have them, in lower case; empty: all.
struct job_filter {
    std::string type;
    std::string status;

    bool admits(std::string_view job_type, std::string_view job_status) const;
};

// Reads `jobType` and `jobStatus`: names of the wire or of .NET's enumerations, in any case, or
// nothing. argument_invalid where there is no such name.
result<job_filter> read_job_filter(std::string_view type, std::string_view status);

struct job_page_request {
    std::string after; // the id of the last job of the page before
    std::size_t size = 100;
};

struct job_page {
    std::vector<json> jobs;
    bool more = false;
};

} // namespace iothub::core
