#include "client/src/back_end/job_documents.hpp"

#include <algorithm>
#include <array>

#include "client/src/registry/document_members.hpp"
#include "common/json.hpp"

namespace iothub {

namespace {

constexpr std::array<std::pair<job_type, std::string_view>, 5> type_names{{
    {job_type::unknown, "unknown"},
    {job_type::schedule_device_method, "scheduleDeviceMethod"},
    {job_type::schedule_update_twin, "scheduleUpdateTwin"},
    {job_type::export_devices, "export"},
    {job_type::import_devices, "import"},
}};

constexpr std::array<std::pair<job_status, std::string_view>, 8> status_names{{
    {job_status::unknown, "unknown"},
    {job_status::enqueued, "enqueued"},
    {job_status::queued, "queued"},
    {job_status::scheduled, "scheduled"},
    {job_status::running, "running"},
    {job_status::completed, "completed"},
    {job_status::failed, "failed"},
    {job_status::cancelled, "cancelled"},
}};

template <class Table, class Value>
std::string_view name_in(const Table& table, Value value) {
    const auto* found =
        std::ranges::find(table, value, [](const auto& entry) { return entry.first; });
    return found == table.end() ? "unknown" : found->second;
}

} // namespace

std::string_view to_string(job_type type) {
    return name_in(type_names, type);
}

std::string_view to_string(job_status status) {
    return name_in(status_names, status);
}

bool has_ended(job_status status) {
    return status == job_status::completed || status == job_status::failed ||
           status == job_status::cancelled;
}

namespace client {

namespace {

job_type type_of(const json& document) {
    return named(type_names, value_of<std::string>(document, "type"), job_type::unknown);
}

job_status status_of(const json& document) {
    return named(status_names, value_of<std::string>(document, "status"), job_status::unknown);
}

job_statistics statistics_of(const json& document) {
    const json& counts = object_of(document, "deviceJobStatistics");
    return {value_of<std::int64_t>(counts, "deviceCount"),
            value_of<std::int64_t>(counts, "failedCount"),
            value_of<std::int64_t>(counts, "succeededCount"),
            value_of<std::int64_t>(counts, "runningCount"),
            value_of<std::int64_t>(counts, "pendingCount")};
}

void put_text(json& document, const char* name, std::string_view text) {
    if (!text.empty()) {
        document[name] = text;
    }
}

// The storage's access is in the SAS of the container.
json transfer_document(job_type type) {
    json document = json::object();
    document["type"] = to_string(type);
    document["storageAuthenticationType"] = "keyBased";
    return document;
}

template <class Options>
void put_configurations(json& document, const Options& options) {
    if (options.include_configurations) {
        document["includeConfigurations"] = true;
        put_text(document, "configurationsBlobName", options.configurations_blob_name);
    }
}

} // namespace

json schedule_document(const job_schedule& schedule, job_type type) {
    json document = json::object();
    document["jobId"] = schedule.job_id;
    document["type"] = to_string(type);
    document["queryCondition"] = schedule.condition;
    if (schedule.start_time) {
        document["startTime"] = text_of(*schedule.start_time);
    }
    document["maxExecutionTimeInSeconds"] = schedule.max_execution_time.count();
    return document;
}

json export_document(std::string_view container_uri, const export_options& options) {
    json document = transfer_document(job_type::export_devices);
    document["outputBlobContainerUri"] = container_uri;
    put_text(document, "outputBlobName", options.blob_name);
    document["excludeKeysInExport"] = options.exclude_keys;
    put_configurations(document, options);
    return document;
}

json import_document(std::string_view input_uri, std::string_view output_uri,
                     const import_options& options) {
    json document = transfer_document(job_type::import_devices);
    document["inputBlobContainerUri"] = input_uri;
    put_text(document, "inputBlobName", options.blob_name);
    document["outputBlobContainerUri"] = output_uri;
    put_configurations(document, options);
    return document;
}

scheduled_job read_scheduled_job(const json& document) {
    return read_document(document, "job", [&] {
        return scheduled_job{.job_id = value_of<std::string>(document, "jobId"),
                             .type = type_of(document),
                             .status = status_of(document),
                             .created_time = time_of(document, "createdTime"),
                             .start_time = time_of(document, "startTime"),
                             .end_time = time_of(document, "endTime"),
                             .max_execution_time = std::chrono::seconds(
                                 value_of<std::int64_t>(document, "maxExecutionTimeInSeconds")),
                             .condition = value_of<std::string>(document, "queryCondition"),
                             .failure_reason = value_of<std::string>(document, "failureReason"),
                             .status_message = value_of<std::string>(document, "statusMessage"),
                             .statistics = statistics_of(document),
                             .document = document};
    });
}

transfer_job read_transfer_job(const json& document) {
    return read_document(document, "import or export", [&] {
        return transfer_job{.job_id = document.at("jobId").get<std::string>(),
                            .type = type_of(document),
                            .status = status_of(document),
                            .progress = value_of<int>(document, "progress"),
                            .start_time = time_of(document, "startTimeUtc"),
                            .end_time = time_of(document, "endTimeUtc"),
                            .failure_reason = value_of<std::string>(document, "failureReason"),
                            .exclude_keys = value_of<bool>(document, "excludeKeysInExport")};
    });
}

} // namespace client

} // namespace iothub
