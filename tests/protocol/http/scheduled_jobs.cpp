// Scheduled jobs over REST (service API §1.3 rows 29–32, §1.5): requests of the SDKs, literal
// answers.
#include "rest_world.hpp"

#include "emulator/core/jobs/job_service.hpp"
#include "support/catch.hpp"
#include "support/recording_link.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

// What Node sends.
constexpr auto node_update = R"({"jobId":"j","type":"scheduleUpdateTwin","updateTwin":{"etag":"*",)"
                             R"("tags":{"floor":1}},"startTime":"2026-01-02T03:04:05.000Z",)"
                             R"("maxExecutionTimeInSeconds":300,"queryCondition":"*"})";
constexpr auto node_call =
    R"({"jobId":"j","type":"scheduleDeviceMethod","cloudToDeviceMethod":{"methodName":"reboot",)"
    R"("payload":null,"responseTimeoutInSeconds":15},"startTime":null,)"
    R"("maxExecutionTimeInSeconds":3600,"queryCondition":"deviceId IN ['d']"})";

struct job_world : rest_world {
    job_world() {
        add("/devices/d");
        add("/devices/e");
    }

    // Lets jobs run until they have nothing to do now.
    void run() {
        for (int turn = 0; turn < 100; ++turn) {
            hub.advance();
            hub.end_turn();
        }
    }

    answer create(std::string_view body, std::string_view path = "/jobs/v2/j") {
        return ask("PUT", path, body);
    }

    // Asks for the list; the ids that are in the answer.
    std::vector<std::string> list(std::string_view query, std::string_view more = {}) {
        last = ask("GET", std::string("/jobs/v2/query").append(query), {}, more);
        std::vector<std::string> ids;
        if (last.status == 200) {
            for (const json& job : last.document()) {
                ids.push_back(job.at("jobId"));
            }
        }
        return ids;
    }

    answer last;
};

using ids = std::vector<std::string>;

void check_refused(const answer& a, int status, const char* code) {
    CHECK(a.status == status);
    CHECK(a.code() == code);
    const std::string message = a.document().at("Message");
    INFO(message);
    CHECK(message.find(std::string("ErrorCode:") + code + ";") == 0);
    CHECK(message.size() > std::string(code).size() + 11);
}

// The body with a text in it replaced.
std::string with(std::string body, std::string_view part, std::string_view other) {
    const std::size_t at = body.find(part);
    REQUIRE(at != body.npos);
    return body.replace(at, part.size(), other);
}

} // namespace

TEST_CASE("scheduled jobs: an update of twins from its creation to its end") {
    job_world w;
    const answer created = w.create(node_update);
    CHECK(created.status == 200);
    CHECK(created.header("Content-Type") == "application/json; charset=utf-8");
    CHECK(created.body ==
          R"({"jobId":"j","type":"scheduleUpdateTwin","status":"queued",)"
          R"("createdTime":"2026-01-02T03:04:05Z","startTime":"2026-01-02T03:04:05Z",)"
          R"("maxExecutionTimeInSeconds":300,"queryCondition":"*",)"
          R"("updateTwin":{"etag":"*","tags":{"floor":1}},)"
          R"("deviceJobStatistics":{"deviceCount":0,"failedCount":0,"succeededCount":0,)"
          R"("runningCount":0,"pendingCount":0}})");
    w.run();
    const answer ended = w.ask("GET", "/jobs/v2/j");
    CHECK(ended.status == 200);
    CHECK(ended.body ==
          R"({"jobId":"j","type":"scheduleUpdateTwin","status":"completed",)"
          R"("createdTime":"2026-01-02T03:04:05Z","startTime":"2026-01-02T03:04:05Z",)"
          R"("endTime":"2026-01-02T03:04:05Z","maxExecutionTimeInSeconds":300,)"
          R"("queryCondition":"*","updateTwin":{"etag":"*","tags":{"floor":1}},)"
          R"("deviceJobStatistics":{"deviceCount":2,"failedCount":0,"succeededCount":2,)"
          R"("runningCount":0,"pendingCount":0}})");
    CHECK(w.ask("GET", "/twins/e").document().at("tags").dump() == R"({"floor":1})");
}

TEST_CASE("scheduled jobs: a method, and the row of its device in a query") {
    job_world w;
    recording_link link;
    w.hub.sessions().connect({"d", ""}, link);
    const answer created = w.create(node_call);
    CHECK(created.document().at("cloudToDeviceMethod").dump() ==
          R"({"methodName":"reboot","payload":null,"responseTimeoutInSeconds":15})");
    w.run();
    REQUIRE(link.calls.size() == 1);
    CHECK(link.calls[0].payload == "null");
    CHECK(w.ask("GET", "/jobs/v2/j").document().at("status") == "running");
    w.hub.methods().answer({"d", ""}, link.calls[0].request_id, {200, R"({"ok":true})"});
    w.run();
    CHECK(w.ask("GET", "/jobs/v2/j").document().at("status") == "completed");

    const answer rows = w.ask("POST", "/devices/query",
                              R"({"query":"SELECT * FROM devices.jobs )"
                              R"(WHERE devices.jobs.jobId = 'j'"})");
    CHECK(rows.header("x-ms-item-type") == "DeviceJob");
    CHECK(rows.body ==
          R"([{"deviceId":"d","jobId":"j","jobType":"scheduleDeviceMethod","status":"completed",)"
          R"("startTimeUtc":"2026-01-02T03:04:05Z","endTimeUtc":"2026-01-02T03:04:05Z",)"
          R"("createdDateTimeUtc":"2026-01-02T03:04:05Z",)"
          R"("lastUpdatedDateTimeUtc":"2026-01-02T03:04:05Z",)"
          R"("outcome":{"deviceMethodResponse":{"status":200,"payload":{"ok":true}}}}])");
}

TEST_CASE("scheduled jobs: a device that is not connected is counted as failed") {
    job_world w;
    w.create(node_call);
    w.run();
    const json job = w.ask("GET", "/jobs/v2/j").document();
    CHECK(job.at("status") == "completed");
    CHECK(job.at("deviceJobStatistics").dump() ==
          R"({"deviceCount":1,"failedCount":1,"succeededCount":0,"runningCount":0,)"
          R"("pendingCount":0})");
}

TEST_CASE("scheduled jobs: an invalid condition is accepted and fails") {
    job_world w;
    const answer created = w.create(with(node_update, R"("*"})", R"("deviceId ="})"));
    CHECK(created.status == 200);
    CHECK(created.document().at("status") == "queued");
    w.run();
    const json job = w.ask("GET", "/jobs/v2/j").document();
    CHECK(job.at("status") == "failed");
    CHECK_FALSE(job.at("failureReason").get<std::string>().empty());
}

TEST_CASE("scheduled jobs: one that is not known") {
    job_world w;
    const answer got = w.ask("GET", "/jobs/v2/none");
    CHECK(got.status == 200);
    CHECK(got.body == R"({"jobId":"none","type":"unknown","status":"unknown"})");
    check_refused(w.ask("POST", "/jobs/v2/none/cancel"), 404, "JobNotFound");
}

TEST_CASE("scheduled jobs: cancelling") {
    job_world w;
    w.create(with(node_update, "01-02T", "01-05T"));
    w.run();
    CHECK(w.ask("GET", "/jobs/v2/j").document().at("status") == "scheduled");
    const answer cancelled = w.ask("POST", "/jobs/v2/j/cancel");
    CHECK(cancelled.status == 200);
    CHECK(cancelled.document().at("jobId") == "j");
    CHECK(cancelled.document().at("status") == "cancelled");
    check_refused(w.ask("POST", "/jobs/v2/j/cancel"), 405, "OperationNotAllowedInCurrentState");
}

TEST_CASE("scheduled jobs: an id that is not allowed") {
    job_world w;
    const std::string body = with(node_update, R"("jobId":"j",)", "");
    for (const char* id : {"J", "a_b", "a.b", "a%20b", "%C3%A4", "%FF"}) {
        INFO(id);
        const std::string path = std::string("/jobs/v2/") + id;
        check_refused(w.create(body, path), 400, "ArgumentInvalid");
        check_refused(w.ask("GET", path), 400, "ArgumentInvalid");
        check_refused(w.ask("POST", path + "/cancel"), 404, "JobNotFound");
    }
    check_refused(w.create(body, "/jobs/v2/" + std::string(65, 'x')), 400, "ArgumentInvalid");
    CHECK(w.create(body, "/jobs/v2/it%27s-1").status == 200);
    CHECK(w.ask("GET", "/jobs/v2/it's-1").document().at("jobId") == "it's-1");
}

TEST_CASE("scheduled jobs: bodies that are refused") {
    job_world w;
    const auto no_etag = with(node_update, R"("etag":"*",)", "");
    const auto other_etag = with(node_update, R"("etag":"*")", R"("etag":"AAAAAAAAAAE=")");
    const auto in_eight_days = with(node_update, "01-02T", "01-10T");
    const auto unknown_type = with(node_update, "scheduleUpdateTwin", "scheduleTwinUpdate");
    const auto neither = with(node_update, "updateTwin\":{", "update\":{");
    const auto other_id = with(node_update, R"("jobId":"j")", R"("jobId":"k")");
    const auto no_condition = with(node_update, R"("queryCondition":"*")", R"("x":"*")");
    const auto negative = with(node_update, ":300", ":-1");
    const auto no_time = with(node_update, "2026-01-02T03:04:05.000Z", "now");
    const auto both = with(node_update, R"("startTime")",
                           R"("cloudToDeviceMethod":{"methodName":"m"},"startTime")");
    const auto wrong_kind = with(node_call, "scheduleDeviceMethod", "scheduleUpdateTwin");
    const auto short_wait = with(node_call, ":15", ":4");
    const auto no_name = with(node_call, "methodName", "name");
    for (const std::string& body :
         {std::string(), std::string("[]"), std::string("{"), std::string("{}"), no_etag,
          other_etag, in_eight_days, unknown_type, neither, other_id, no_condition, negative,
          no_time, both, wrong_kind, short_wait, no_name}) {
        INFO(body);
        check_refused(w.create(body), 400, "ArgumentInvalid");
    }
    CHECK(w.ask("GET", "/jobs/v2/j").document().at("status") == "unknown");
    const std::string etag_text = w.create(no_etag).document().at("Message");
    CHECK(etag_text.find("ScheduleUpdateTwin") != etag_text.npos);
}

TEST_CASE("scheduled jobs: an id twice, and too many") {
    job_world w;
    w.hub.jobs().max_active(1);
    CHECK(w.create(with(node_update, "01-02T", "01-05T")).status == 200);
    check_refused(w.create(node_update), 409, "JobAlreadyExists");
    check_refused(w.create(with(node_update, R"("jobId":"j")", R"("jobId":"k")"), "/jobs/v2/k"),
                  429, "ThrottlingMaxActiveJobCountExceeded");
}

TEST_CASE("scheduled jobs: the list is a bare array in pages") {
    job_world w;
    CHECK(w.list("").empty());
    CHECK(w.last.body == "[]");
    CHECK(w.last.header("x-ms-item-type") == "JobResponse");
    const std::string anonymous = with(node_update, R"("jobId":"j",)", "");
    for (const char* id : {"c", "a", "b"}) {
        w.create(anonymous, std::string("/jobs/v2/") + id);
    }
    CHECK(w.list("?jobType=scheduleUpdateTwin&jobStatus=queued") == ids{"a", "b", "c"});
    CHECK(w.list("?jobStatus=&jobType=") == ids{"a", "b", "c"});
    CHECK(w.last.headers.find("x-ms-continuation") == nullptr);
    CHECK(w.last.document()[0] == w.ask("GET", "/jobs/v2/a").document());

    CHECK(w.list("", "x-ms-max-item-count: 2\r\n") == ids{"a", "b"});
    CHECK(w.last.header("x-ms-item-type") == "JobResponse");
    const std::string next = w.last.header("x-ms-continuation");
    CHECK_FALSE(next.empty());
    CHECK(w.list("", "x-ms-max-item-count: 2\r\nx-ms-continuation: " + next + "\r\n") == ids{"c"});
    CHECK(w.last.headers.find("x-ms-continuation") == nullptr);
}

TEST_CASE("scheduled jobs: the list by names of .NET") {
    job_world w;
    w.create(node_update);
    w.run();
    CHECK(w.list("?jobType=ScheduleUpdateTwin&jobStatus=Completed") == ids{"j"});
    CHECK(w.list("?jobType=ScheduleDeviceMethod").empty());
    CHECK(w.list("?jobType=ExportDevices").empty());
    CHECK(w.last.status == 200);
}

TEST_CASE("scheduled jobs: lists that are refused") {
    job_world w;
    for (const char* query : {"?jobType=none", "?jobStatus=canceled"}) {
        INFO(query);
        w.list(query);
        check_refused(w.last, 400, "ArgumentInvalid");
    }
    for (const char* header : {"x-ms-max-item-count: 0\r\n", "x-ms-max-item-count: ten\r\n",
                               "x-ms-continuation: ?\r\n", "x-ms-continuation: SkpK\r\n"}) {
        INFO(header);
        w.list("", header);
        check_refused(w.last, 400, "ArgumentInvalid");
    }
}

TEST_CASE("scheduled jobs: only a policy that may connect as a service has them") {
    job_world w;
    const std::string registry_only = "Authorization: " + token_of("registryReadWrite") + "\r\n";
    const std::string service = "Authorization: " + token_of("service") + "\r\n";
    CHECK(w.ask("PUT", "/jobs/v2/j", node_update, registry_only).status == 401);
    CHECK(w.ask("GET", "/jobs/v2/j", {}, registry_only).status == 401);
    CHECK(w.ask("GET", "/jobs/v2/query", {}, registry_only).status == 401);
    CHECK(w.ask("POST", "/jobs/v2/j/cancel", {}, registry_only).status == 401);
    CHECK(w.ask("PUT", "/jobs/v2/j", node_update, service).status == 200);
    CHECK(w.ask("GET", "/jobs/v2/query", {}, service).status == 200);
}

TEST_CASE("scheduled jobs: other methods of their addresses") {
    job_world w;
    const answer deleted = w.ask("DELETE", "/jobs/v2/j");
    CHECK(deleted.status == 405);
    CHECK(deleted.header("Allow") == "PUT, GET");
    CHECK(w.ask("GET", "/jobs/v2/j/cancel").status == 405);
    CHECK(w.ask("GET", "/jobs/v2/j/rows").status == 404);
}
