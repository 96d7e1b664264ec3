#include "emulator/core/jobs/job_document.hpp"

#include "common/json.hpp"
#include "common/json_text.hpp"

namespace iothub::core {

json job_document(const job& which, const job_definition& definition) {
    json document{{"jobId", which.id},
                  {"type", job_type_name(which.type)},
                  {"status", job_status_name(which.status)},
                  {"createdTime", iso_8601(which.created)},
                  {"startTime", iso_8601(which.start)}};
    if (which.ended) {
        document["endTime"] = iso_8601(*which.ended);
    }
    document["maxExecutionTimeInSeconds"] = which.max_execution_seconds;
    document["queryCondition"] = definition.condition;
    if (auto action = parse_json(definition.action)) {
        const bool calls = which.type == job_type::device_method;
        document[calls ? "cloudToDeviceMethod" : "updateTwin"] = *std::move(action);
    }
    if (!which.failure_reason.empty()) {
        document["failureReason"] = which.failure_reason;
    }
    const job_statistics& s = which.statistics;
    document["deviceJobStatistics"] = {{"deviceCount", s.devices},
                                       {"failedCount", s.failed},
                                       {"succeededCount", s.succeeded},
                                       {"runningCount", s.running},
                                       {"pendingCount", s.pending}};
    return document;
}

json unknown_job_document(std::string_view id) {
    return {{"jobId", id}, {"type", "unknown"}, {"status", "unknown"}};
}

} // namespace iothub::core
