#include "client/src/back_end/job_documents.hpp"

#include "common/json.hpp"
#include "iothub/hub_error.hpp"
#include "support/catch.hpp"

using iothub::job_status;
using iothub::job_type;
using iothub::json;
using namespace iothub::client;

TEST_CASE("a job is scheduled for now, or for a time") {
    iothub::job_schedule schedule{.job_id = "j1", .condition = "tags.a = 1"};
    CHECK(schedule_document(schedule, job_type::schedule_update_twin).dump() ==
          R"({"jobId":"j1","type":"scheduleUpdateTwin","queryCondition":"tags.a = 1",)"
          R"("maxExecutionTimeInSeconds":3600})");
    schedule.start_time = iothub::hub_time(std::chrono::microseconds(1'595'974'643'785'061));
    schedule.max_execution_time = std::chrono::seconds(60);
    const json document = schedule_document(schedule, job_type::schedule_device_method);
    CHECK(document.at("type") == "scheduleDeviceMethod");
    CHECK(document.at("startTime") == "2020-07-28T22:17:23.785061Z");
    CHECK(document.at("maxExecutionTimeInSeconds") == 60);
}

TEST_CASE("a scheduled job is read as the hub writes it") {
    const auto job = read_scheduled_job(json::parse(
        R"({"jobId":"j1","type":"scheduleDeviceMethod","status":"failed","createdTime":)"
        R"("2020-07-28T22:17:23.785061Z","startTime":null,"endTime":"0001-01-01T00:00:00Z",)"
        R"("maxExecutionTimeInSeconds":60,"queryCondition":"*","cloudToDeviceMethod":)"
        R"({"methodName":"m"},"failureReason":"why","statusMessage":"what",)"
        R"("deviceJobStatistics":{"deviceCount":5,"failedCount":1,"succeededCount":2,)"
        R"("runningCount":3,"pendingCount":4}})"));
    CHECK(job.job_id == "j1");
    CHECK(job.type == job_type::schedule_device_method);
    CHECK(job.status == job_status::failed);
    CHECK(job.created_time == iothub::hub_time(std::chrono::microseconds(1'595'974'643'785'061)));
    CHECK_FALSE(job.start_time);
    CHECK_FALSE(job.end_time);
    CHECK(job.max_execution_time == std::chrono::minutes(1));
    CHECK(job.condition == "*");
    CHECK(job.failure_reason == "why");
    CHECK(job.status_message == "what");
    CHECK(job.statistics.devices == 5);
    CHECK(job.statistics.failed == 1);
    CHECK(job.statistics.succeeded == 2);
    CHECK(job.statistics.running == 3);
    CHECK(job.statistics.pending == 4);
    CHECK(job.document->at("cloudToDeviceMethod").at("methodName") == "m");
}

TEST_CASE("a job that the hub does not know is unknown") {
    const auto job = read_scheduled_job(json::parse(R"({"type":"unknown","status":"unknown"})"));
    CHECK(job.type == job_type::unknown);
    CHECK(job.status == job_status::unknown);
    const auto strange = read_scheduled_job(json::parse(R"({"type":"rebootDevice","status":"x"})"));
    CHECK(strange.type == job_type::unknown);
    CHECK(strange.status == job_status::unknown);
}

TEST_CASE("what is no job is a protocol error") {
    const auto text = GENERATE(as<std::string>{}, "null", "[]", R"({"jobId":7})", R"({"type":{}})",
                               R"({"deviceJobStatistics":{"deviceCount":"5"}})");
    CHECK_THROWS_AS(read_scheduled_job(json::parse(text)), iothub::protocol_error);
}

TEST_CASE("an export names where to write, an import where to read too") {
    CHECK(export_document("http://c?s", {}).dump() ==
          R"({"type":"export","storageAuthenticationType":"keyBased","outputBlobContainerUri":)"
          R"("http://c?s","excludeKeysInExport":false})");
    CHECK(export_document("u", {.exclude_keys = true,
                                .blob_name = "b",
                                .include_configurations = true,
                                .configurations_blob_name = "c"})
              .dump() ==
          R"({"type":"export","storageAuthenticationType":"keyBased","outputBlobContainerUri":"u",)"
          R"("outputBlobName":"b","excludeKeysInExport":true,"includeConfigurations":true,)"
          R"("configurationsBlobName":"c"})");
    CHECK(import_document("in", "out", {.blob_name = "b"}).dump() ==
          R"({"type":"import","storageAuthenticationType":"keyBased","inputBlobContainerUri":"in",)"
          R"("inputBlobName":"b","outputBlobContainerUri":"out"})");
}

TEST_CASE("an import or export is read as the hub writes it") {
    const auto job = read_transfer_job(json::parse(
        R"({"jobId":"j","startTimeUtc":"2020-07-28T22:17:23Z","endTimeUtc":null,"type":"export",)"
        R"("status":"running","progress":40,"failureReason":null,"excludeKeysInExport":true})"));
    CHECK(job.job_id == "j");
    CHECK(job.type == job_type::export_devices);
    CHECK(job.status == job_status::running);
    CHECK(job.progress == 40);
    CHECK(job.start_time);
    CHECK_FALSE(job.end_time);
    CHECK(job.failure_reason.empty());
    CHECK(job.exclude_keys);
}

TEST_CASE("what is no import or export is a protocol error") {
    const auto text = GENERATE(as<std::string>{}, "null", "[]", "{}", R"({"jobId":7})",
                               R"({"jobId":"j","progress":"half"})");
    CHECK_THROWS_AS(read_transfer_job(json::parse(text)), iothub::protocol_error);
}

TEST_CASE("types and states have the hub's names") {
    CHECK(to_string(job_type::schedule_update_twin) == "scheduleUpdateTwin");
    CHECK(to_string(job_type::import_devices) == "import");
    CHECK(to_string(job_status::cancelled) == "cancelled");
    CHECK(to_string(static_cast<job_status>(99)) == "unknown");
}

TEST_CASE("three states are an end") {
    CHECK(has_ended(job_status::completed));
    CHECK(has_ended(job_status::failed));
    CHECK(has_ended(job_status::cancelled));
    CHECK_FALSE(has_ended(job_status::running));
    CHECK_FALSE(has_ended(job_status::unknown));
}
