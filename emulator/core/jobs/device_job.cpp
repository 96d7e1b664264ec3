#include "emulator/core/jobs/device_job.hpp"

#include <array>
#include <string_view>

#include "common/json.hpp"
#include "common/json_text.hpp"

namespace iothub::core {

namespace {

constexpr std::array<std::string_view, 5> statuses{"pending", "running", "completed", "failed",
                                                   "canceled"};

json answer_document(const std::string& answer) {
    const auto parsed = parse_json(answer);
    return parsed ? *parsed : json();
}

} // namespace

std::string device_job_text(const job& of, const device_job& row) {
    json document{{"deviceId", row.whose.device_id}};
    if (row.whose.is_module()) {
        document["moduleId"] = row.whose.module_id;
    }
    document["jobId"] = of.id;
    document["jobType"] = job_type_name(of.type);
    document["status"] = statuses[std::size_t(row.status)];
    if (row.started) {
        document["startTimeUtc"] = iso_8601(*row.started);
    }
    if (row.ended) {
        document["endTimeUtc"] = iso_8601(*row.ended);
    }
    document["createdDateTimeUtc"] = iso_8601(of.began.value_or(of.created));
    document["lastUpdatedDateTimeUtc"] = iso_8601(row.updated);
    if (row.ended) {
        document["outcome"] = {{"deviceMethodResponse", answer_document(row.method_answer)}};
    }
    if (row.failure) {
        document["error"] = {{"code", symbolic_name(row.failure->code)},
                             {"description", row.failure->message}};
    }
    return to_text(document);
}

} // namespace iothub::core
