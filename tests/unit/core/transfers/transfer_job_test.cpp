#include "emulator/core/transfers/transfer_job.hpp"

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "support/catch.hpp"

namespace iothub::core {

namespace {

transfer_job begun() {
    transfer_job job;
    job.id = "e40e9db2-199f-482b-887a-f45fbeaa7b8c";
    job.started = from_unix_seconds(1'767'323'045);
    return job;
}

} // namespace

TEST_CASE("a job that has just begun, member by member", "[transfers]") {
    CHECK(to_text(transfer_document(begun())) ==
          R"({"jobId":"e40e9db2-199f-482b-887a-f45fbeaa7b8c",)"
          R"("startTimeUtc":"2026-01-02T03:04:05Z","type":"export","status":"enqueued",)"
          R"("progress":0,"excludeKeysInExport":false,"useSecondaryStorageAsSource":false})");
}

TEST_CASE("a job that has ended says when, and why it failed", "[transfers]") {
    transfer_job job = begun();
    job.type = transfer_type::import_devices;
    job.status = transfer_status::completed;
    job.progress = 100;
    job.ended = job.started + std::chrono::seconds(1);
    CHECK(to_text(transfer_document(job)) ==
          R"({"jobId":"e40e9db2-199f-482b-887a-f45fbeaa7b8c",)"
          R"("startTimeUtc":"2026-01-02T03:04:05Z","endTimeUtc":"2026-01-02T03:04:06Z",)"
          R"("type":"import","status":"completed","progress":100,"excludeKeysInExport":false,)"
          R"("useSecondaryStorageAsSource":false,"failureReason":null})");
    job.status = transfer_status::failed;
    job.failure_reason = "no room";
    CHECK(transfer_document(job)["failureReason"] == "no room");
}

TEST_CASE("what was written is read again", "[transfers]") {
    transfer_job job = begun();
    CHECK(read_transfer_document(transfer_document(job)) == job);
    job.exclude_keys = true;
    job.progress = 42;
    job.status = GENERATE(transfer_status::running, transfer_status::completed,
                          transfer_status::failed, transfer_status::cancelled);
    job.ended = job.started + std::chrono::minutes(1);
    job.failure_reason = "no room";
    CHECK(read_transfer_document(transfer_document(job)) == job);
}

TEST_CASE("what is no job is not taken for one", "[transfers]") {
    for (const char* text :
         {"{}", "[]", R"({"type":"export","status":"enqueued"})",
          R"({"type":"export","status":"resting","startTimeUtc":"2026-01-02T03:04:05Z"})",
          R"({"type":"x","status":"running","startTimeUtc":"2026-01-02T03:04:05Z"})",
          R"({"type":"export","status":"running","startTimeUtc":"today"})",
          R"({"jobId":1,"type":"export","status":"running","startTimeUtc":"2026-01-02"})"}) {
        CAPTURE(text);
        CHECK_FALSE(read_transfer_document(parse_json(text).value()));
    }
}

} // namespace iothub::core
