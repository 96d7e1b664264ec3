// The clients that a registry client gives, for jobs, configurations, digital twins and feedback,
// through a stub.

#include <nlohmann/json.hpp>

#include "integration/client/stub_registry.hpp"
#include "support/catch.hpp"

using namespace iothub::test;
using iothub::json;
using iothub::registry_client;

namespace {

std::string job_in(const std::string& status) {
    return http("200 OK",
                R"({"jobId":"j","type":"scheduleUpdateTwin","status":")" + status + "\"}");
}

const std::string configuration = http("200 OK", R"({"id":"c","etag":"MQ=="})");
const std::string transfer = http("200 OK", R"({"jobId":"j","type":"export","status":"enqueued"})");

constexpr iothub::job_wait at_once{.time_out = std::chrono::seconds(10),
                                   .interval = std::chrono::milliseconds(0)};

} // namespace

TEST_CASE("a twin update is scheduled without a condition of its own") {
    const auto seen = request_of(job_in("queued"), [](registry_client& registry) {
        const auto job =
            registry.jobs().schedule_twin_update({.job_id = "j"}, {{"tags", {{"a", nullptr}}}});
        CHECK(job.status == iothub::job_status::queued);
    });
    CHECK(seen.line == "PUT /jobs/v2/j");
    CHECK(seen.body == R"({"jobId":"j","type":"scheduleUpdateTwin","queryCondition":"*",)"
                       R"("maxExecutionTimeInSeconds":3600,"updateTwin":)"
                       R"({"tags":{"a":null},"etag":"*"}})");
    CHECK_THAT(seen.head, !Catch::Contains("If-Match"));
}

TEST_CASE("a method is scheduled with its payload and times") {
    const auto seen = request_of(job_in("scheduled"), [](registry_client& registry) {
        registry.jobs().schedule_method({.job_id = "j", .condition = "tags.a = 1"}, "reboot", 5);
    });
    CHECK(seen.body == R"({"jobId":"j","type":"scheduleDeviceMethod","queryCondition":)"
                       R"("tags.a = 1","maxExecutionTimeInSeconds":3600,"cloudToDeviceMethod":)"
                       R"({"methodName":"reboot","payload":5,"responseTimeoutInSeconds":30,)"
                       R"("connectTimeoutInSeconds":0}})");
}

TEST_CASE("a scheduled job is asked for, cancelled and listed") {
    auto seen = request_of(job_in("running"), [](registry_client& registry) {
        CHECK(registry.jobs().get("j").status == iothub::job_status::running);
    });
    CHECK(seen.line == "GET /jobs/v2/j");
    seen = request_of(job_in("cancelled"),
                      [](registry_client& registry) { registry.jobs().cancel("j"); });
    CHECK(seen.line == "POST /jobs/v2/j/cancel");
    CHECK_THAT(seen.head, Catch::EndsWith("\r\nContent-Length: 0"));
    seen = request_of(
        http("200 OK", R"([{"jobId":"a"},{"jobId":"b"}])"), [](registry_client& registry) {
            std::string ids;
            for (const auto& job :
                 registry.jobs().list({.type = iothub::job_type::schedule_device_method,
                                       .status = iothub::job_status::completed,
                                       .paging = {.page_size = 7}})) {
                ids += job.job_id;
            }
            CHECK(ids == "ab");
        });
    CHECK(seen.line == "GET /jobs/v2/query?jobType=scheduleDeviceMethod&jobStatus=completed");
    CHECK_THAT(seen.head, Catch::Contains("\r\nx-ms-max-item-count: 7"));
    seen = request_of(http("200 OK", "[]"), [](registry_client& registry) {
        registry.jobs().list({.status = iothub::job_status::failed}).begin();
    });
    CHECK(seen.line == "GET /jobs/v2/query?jobStatus=failed");
}

TEST_CASE("waiting for a job ends with it") {
    recorder seen;
    const tls_stub stub({seen.answer({job_in("queued"), job_in("running"), job_in("failed")})});
    const auto jobs = client_of(stub).jobs(); // outlives its registry client
    CHECK(jobs.wait("j", at_once).status == iothub::job_status::failed);
}

TEST_CASE("waiting for a job ends when the time is over, or there is none") {
    request_of(job_in("running"), [](registry_client& registry) {
        CHECK_THROWS_AS(registry.jobs().wait("j", {.time_out = std::chrono::milliseconds(0)}),
                        iothub::time_out);
    });
    request_of(http("200 OK", R"({"type":"unknown","status":"unknown"})"),
               [](registry_client& registry) {
                   CHECK_THROWS_AS(registry.jobs().wait("j", at_once), iothub::not_found);
               });
}

TEST_CASE("a job that cannot be cancelled, or scheduled, tells why") {
    request_of(http("405 Method Not Allowed", "",
                    "iothub-errorcode: OperationNotAllowedInCurrentState\r\n"),
               [](registry_client& registry) {
                   CHECK_THROWS_AS(registry.jobs().cancel("j"), iothub::conflict);
               });
    const tls_stub stub({});
    auto registry = client_of(stub);
    CHECK_THROWS_AS(registry.jobs().schedule_twin_update({.job_id = "j"}, json::array()),
                    iothub::argument_invalid);
    CHECK_THROWS_AS(registry.jobs().schedule_twin_update({}, json::object()),
                    iothub::argument_invalid);
    CHECK(stub.connections() == 0);
}

TEST_CASE("imports and exports are created, asked for, listed, cancelled and waited for") {
    auto seen = request_of(transfer, [](registry_client& registry) {
        CHECK(registry.jobs().export_devices("http://c?s").job_id == "j");
    });
    CHECK(seen.line == "POST /jobs/create");
    CHECK_THAT(seen.body, Catch::Contains(R"("outputBlobContainerUri":"http://c?s")"));
    seen = request_of(
        transfer, [](registry_client& registry) { registry.jobs().import_devices("in", "out"); });
    CHECK_THAT(seen.body, Catch::StartsWith(R"({"type":"import")"));
    seen = request_of(http("204 No Content", ""),
                      [](registry_client& registry) { registry.jobs().cancel_transfer("j"); });
    CHECK(seen.line == "DELETE /jobs/j");
    seen = request_of(http("200 OK", R"([{"jobId":"a"}])"), [](registry_client& registry) {
        CHECK(registry.jobs().list_transfers().at(0).job_id == "a");
    });
    CHECK(seen.line == "GET /jobs");
    seen = request_of(http("200 OK", R"({"jobId":"j","status":"completed","progress":100})"),
                      [](registry_client& registry) {
                          CHECK(registry.jobs().wait_for_transfer("j", at_once).progress == 100);
                      });
    CHECK(seen.line == "GET /jobs/j");
}

TEST_CASE("configurations are added without a condition and changed with one") {
    auto seen = request_of(configuration, [](registry_client& registry) {
        CHECK(registry.configurations().add({.id = "c", .etag = "ignored"}).etag == "MQ==");
    });
    CHECK(seen.line == "PUT /configurations/c");
    CHECK_THAT(seen.head, !Catch::Contains("If-Match"));
    seen = request_of(configuration, [](registry_client& registry) {
        registry.configurations().update({.id = "c", .etag = "MQ=="});
    });
    CHECK_THAT(seen.head, Catch::Contains("\r\nIf-Match: \"MQ==\"\r\n"));
    seen = request_of(configuration, [](registry_client& registry) {
        registry.configurations().update({.id = "c"});
    });
    CHECK_THAT(seen.head, Catch::Contains("\r\nIf-Match: \"*\"\r\n"));
    seen = request_of(http("204 No Content", ""),
                      [](registry_client& registry) { registry.configurations().remove("c%1"); });
    CHECK(seen.line == "DELETE /configurations/c%251");
    CHECK_THAT(seen.head, Catch::Contains("\r\nIf-Match: \"*\""));
}

TEST_CASE("configurations are asked for and listed") {
    auto seen = request_of(configuration, [](registry_client& registry) {
        CHECK(registry.configurations().get("c").id == "c");
    });
    CHECK(seen.line == "GET /configurations/c");
    seen = request_of(http("200 OK", R"([{"id":"a"},{"id":"b"}])"), [](registry_client& registry) {
        CHECK(registry.configurations().list().size() == 2);
    });
    CHECK(seen.line == "GET /configurations");
}

TEST_CASE("queries of configurations are tested, and content is applied") {
    auto seen = request_of(
        http("200 OK", R"({"targetConditionError":"no","customMetricQueryErrors":null})"),
        [](registry_client& registry) {
            CHECK(registry.configurations().test_queries("x", {{"n", "q"}}).target_condition ==
                  "no");
        });
    CHECK(seen.line == "POST /configurations/testQueries");
    CHECK(seen.body == R"({"targetCondition":"x","customMetricQueries":{"n":"q"}})");
    seen = request_of(http("204 No Content", ""), [](registry_client& registry) {
        registry.configurations().apply_content("d", {{"modulesContent", {{"$edgeAgent", 1}}}});
    });
    CHECK(seen.line == "POST /devices/d/applyConfigurationContent");
    CHECK(seen.body == R"({"modulesContent":{"$edgeAgent":1}})");
}

TEST_CASE("a digital twin is asked for and patched") {
    auto seen = request_of(http("200 OK", R"({"$dtId":"d"})", "ETag: \"AA=\"\r\n"),
                           [](registry_client& registry) {
                               const auto twin = registry.digital_twins().get("d");
                               CHECK(twin.document->at("$dtId") == "d");
                               CHECK(twin.etag == "AA=");
                           });
    CHECK(seen.line == "GET /digitaltwins/d");
    const json patch = json::parse(R"([{"op":"add","path":"/a","value":1}])");
    seen =
        request_of(http("202 Accepted", "", "etag: \"BB=\"\r\n"), [&](registry_client& registry) {
            CHECK(registry.digital_twins().update("d", patch, "AA=") == "BB=");
        });
    CHECK(seen.line == "PATCH /digitaltwins/d");
    CHECK(seen.body == patch.dump());
    CHECK_THAT(seen.head, Catch::Contains("\r\nIf-Match: \"AA=\"\r\n"));
    request_of(http("200 OK", "[]"), [](registry_client& registry) {
        CHECK_THROWS_AS(registry.digital_twins().get("d"), iothub::protocol_error);
    });
}

TEST_CASE("a command is called on a device or its component, with or without payload") {
    auto seen = request_of(http("200 OK", R"({"a":1})", "x-ms-command-statuscode: 404\r\n"),
                           [](registry_client& registry) {
                               const auto answer =
                                   registry.digital_twins().invoke_command("d", "reboot", nullptr);
                               CHECK(answer.status() == 404);
                               CHECK(answer.payload().dump() == R"({"a":1})");
                           });
    CHECK(seen.line ==
          "POST "
          "/digitaltwins/d/commands/reboot?connectTimeoutInSeconds=0&responseTimeoutInSeconds=30");
    CHECK(seen.body.empty());
    CHECK_THAT(seen.head, Catch::EndsWith("\r\nContent-Length: 0"));
    seen = request_of(
        http("200 OK", "", "x-ms-command-statuscode: 200\r\n"), [](registry_client& registry) {
            const iothub::method_timeouts timeouts{.response = std::chrono::seconds(9),
                                                   .connect = std::chrono::seconds(3)};
            CHECK(registry.digital_twins()
                      .invoke_component_command("d", "c", "x", 5, timeouts)
                      .payload()
                      .is_null());
        });
    CHECK(seen.line == "POST /digitaltwins/d/components/c/commands/x?connectTimeoutInSeconds=3&"
                       "responseTimeoutInSeconds=9");
    CHECK(seen.body == "5");
}

TEST_CASE("an answer without a command's status is a protocol error") {
    const auto field = GENERATE(as<std::string>{}, "", "x-ms-command-statuscode: \r\n",
                                "x-ms-command-statuscode: 2x\r\n");
    request_of(http("200 OK", "1", field), [](registry_client& registry) {
        CHECK_THROWS_AS(registry.digital_twins().invoke_command("d", "x", 1),
                        iothub::protocol_error);
    });
}

TEST_CASE("feedback is received, and settled by its lock") {
    auto seen = request_of(
        http("200 OK",
             R"([{"originalMessageId":"m1","description":"Success","deviceGenerationId":"63",)"
             R"("deviceId":"d","enqueuedTimeUtc":"2015-07-28T16:24:48.789Z",)"
             R"("statusCode":"Success"},{"deviceId":"e","statusCode":"Expired"}])",
             "ETag: \"4d5c\"\r\niothub-enqueuedtime: 2015-07-28T16:24:49Z\r\n"),
        [](registry_client& registry) {
            const auto batch = registry.feedback().receive();
            REQUIRE(batch);
            CHECK(batch->lock_token == "4d5c");
            CHECK(batch->enqueued_time);
            REQUIRE(batch->records.size() == 2);
            CHECK(batch->records[0].original_message_id == "m1");
            CHECK(batch->records[0].device_id == "d");
            CHECK(batch->records[0].device_generation_id == "63");
            CHECK(batch->records[0].status_code == "Success");
            CHECK(batch->records[0].enqueued_time ==
                  iothub::hub_time(std::chrono::milliseconds(1'438'100'688'789)));
            CHECK(batch->records[1].original_message_id.empty());
        });
    CHECK(seen.line == "GET /messages/serviceBound/feedback");
    const std::string nothing = http("204 No Content", "");
    request_of(nothing, [](registry_client& r) { CHECK_FALSE(r.feedback().receive()); });
    seen = request_of(nothing, [](registry_client& r) { r.feedback().complete("4d5c"); });
    CHECK(seen.line == "DELETE /messages/serviceBound/feedback/4d5c");
    seen = request_of(nothing, [](registry_client& r) { r.feedback().abandon("4d5c"); });
    CHECK(seen.line == "POST /messages/serviceBound/feedback/4d5c/abandon");
}

TEST_CASE("what is no feedback is a protocol error") {
    const auto body = GENERATE(as<std::string>{}, "{}", "[7]", R"([{"deviceId":"d"}])",
                               R"([{"deviceId":7,"statusCode":"Success"}])");
    request_of(http("200 OK", body), [](registry_client& registry) {
        CHECK_THROWS_AS(registry.feedback().receive(), iothub::protocol_error);
    });
}
