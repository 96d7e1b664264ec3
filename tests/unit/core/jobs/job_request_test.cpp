// JobRequest documents: what is read, and what each mistake gets.
#include "emulator/core/jobs/job_request.hpp"

#include "common/json.hpp"
#include "support/catch.hpp"
#include "support/manual_clock.hpp"

using namespace iothub;
using namespace std::string_literals;

namespace {

const timestamp now = test::manual_clock().now(); // 2026-01-02T03:04:05Z

json update_request() {
    return json::parse(R"({"jobId":"j","type":"scheduleUpdateTwin","queryCondition":"*",)"
                       R"("updateTwin":{"etag":"*","tags":{"floor":1}}})");
}

json method_request() {
    return json::parse(R"({"jobId":"j","type":"scheduleDeviceMethod","queryCondition":"*",)"
                       R"("cloudToDeviceMethod":{"methodName":"m"}})");
}

// What is said of the request with one member changed; null removes it.
std::string refusal(json request, const char* member, const json& value) {
    request[member] = value;
    const auto read = core::read_job_request("j", request, now);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == errc::argument_invalid);
    return read.error().message;
}

bool is_read(json request, const char* member, const json& value) {
    request[member] = value;
    return core::read_job_request("j", request, now).has_value();
}

} // namespace

TEST_CASE("a request for the update of twins", "[jobs]") {
    const auto read = core::read_job_request("j", update_request(), now);
    REQUIRE(read);
    CHECK(read->id == "j");
    CHECK(read->type == core::job_type::update_twin);
    CHECK(read->start == now);
    CHECK(read->max_execution_seconds == 3600);
    CHECK(read->definition.condition == "*");
    CHECK(read->definition.action == R"({"etag":"*","tags":{"floor":1}})");
}

TEST_CASE("a request for a method", "[jobs]") {
    json request = method_request();
    request["startTime"] = "2026-01-03T00:00:00.5+01:00";
    request["maxExecutionTimeInSeconds"] = 60;
    const auto read = core::read_job_request("j", request, now);
    REQUIRE(read);
    CHECK(read->type == core::job_type::device_method);
    CHECK(iso_8601(read->start) == "2026-01-02T23:00:00.5Z");
    CHECK(read->max_execution_seconds == 60);
    CHECK(read->definition.action == R"({"methodName":"m"})");
}

TEST_CASE("ids of jobs", "[jobs]") {
    for (const std::string& id : {"j"s, "a-z'0"s, "0"s, std::string(64, 'x')}) {
        CHECK(core::is_job_id(id));
    }
    for (const std::string& id :
         {""s, "J"s, "a_b"s, "a b"s, "a.b"s, "\xc3\xa4"s, "a/b"s, std::string(65, 'x')}) {
        CHECK_FALSE(core::is_job_id(id));
        CHECK_FALSE(core::read_job_request(id, update_request(), now));
    }
}

TEST_CASE("members that may be absent, null or written otherwise", "[jobs]") {
    CHECK(is_read(update_request(), "jobId", nullptr));
    CHECK(is_read(update_request(), "startTime", nullptr));
    CHECK(is_read(update_request(), "maxExecutionTimeInSeconds", 0));
    CHECK(is_read(update_request(), "cloudToDeviceMethod", nullptr));
    CHECK(is_read(update_request(), "type", "ScheduleUpdateTwin"));
    CHECK(is_read(update_request(), "queryCondition", "no condition at all"));
    CHECK(is_read(update_request(), "startTime", "2026-01-09T03:04:05Z")); // 168 hours
    CHECK(is_read(update_request(), "somethingElse", 5));
    CHECK(is_read(update_request(), "updateTwin", {{"etag", "*"}, {"tags", nullptr}}));
    const json whole = json::parse(R"({"deviceId":null,"etag":"*","properties":{"desired":)"
                                   R"({"$version":7,"$metadata":{"$lastUpdated":1},"a":null}}})");
    CHECK(is_read(update_request(), "updateTwin", whole));
}

TEST_CASE("each mistake in a request is named", "[jobs]") {
    const auto says = [](const std::string& message, const char* what) {
        INFO(message);
        CHECK(message.find(what) != message.npos);
    };
    says(refusal(update_request(), "jobId", "k"), "'jobId'");
    says(refusal(update_request(), "jobId", 5), "'jobId'");
    says(refusal(update_request(), "type", nullptr), "'type'");
    says(refusal(update_request(), "type", "export"), "'type'");
    says(refusal(update_request(), "type", 1), "'type'");
    says(refusal(update_request(), "queryCondition", nullptr), "'queryCondition'");
    says(refusal(update_request(), "queryCondition", true), "'queryCondition'");
    says(refusal(update_request(), "startTime", "tomorrow"), "'startTime'");
    says(refusal(update_request(), "startTime", 5), "'startTime'");
    says(refusal(update_request(), "startTime", "2026-01-10T03:04:05Z"), "168 hours");
    says(refusal(update_request(), "startTime", "2026-01-09T03:04:05.0000001Z"), "168 hours");
    says(refusal(update_request(), "maxExecutionTimeInSeconds", -1), "negative");
    says(refusal(update_request(), "maxExecutionTimeInSeconds", 0x8000000000000000), "too large");
    says(refusal(update_request(), "maxExecutionTimeInSeconds", "60"), "whole number");
    says(refusal(update_request(), "maxExecutionTimeInSeconds", 1.5), "whole number");
    says(refusal(update_request(), "updateTwin", nullptr), "'updateTwin'");
    says(refusal(update_request(), "updateTwin", "text"), "'updateTwin'");
    says(refusal(update_request(), "cloudToDeviceMethod", {{"methodName", "m"}}), "either");
    says(refusal(method_request(), "updateTwin", {{"etag", "*"}}), "either");
    says(refusal(method_request(), "cloudToDeviceMethod", nullptr), "'cloudToDeviceMethod'");
    says(refusal(method_request(), "cloudToDeviceMethod", json::array()), "'cloudToDeviceMethod'");
}

TEST_CASE("updates that no twin could take", "[jobs]") {
    const json large = std::string(4'000, 'x');
    for (const json& update : {
             json{{"tags", {{"a", 1}}}},                  // no etag
             json{{"etag", nullptr}},                     //
             json{{"etag", ""}},                          //
             json{{"etag", "AAAAAAAAAAE="}},              //
             json{{"etag", 5}},                           //
             json{{"etag", "*"}, {"tags", 5}},            //
             json{{"etag", "*"}, {"properties", "x"}},    //
             json{{"etag", "*"}, {"tags", {{"a.b", 1}}}}, //
             json{{"etag", "*"}, {"tags", {{"a", std::string(4'097, 'x')}}}},
             json{{"etag", "*"}, {"tags", {{"a", large}, {"b", large}, {"c", large}}}},
             json{{"etag", "*"}, {"properties", {{"desired", {{"$a", 1}}}}}},
         }) {
        INFO(update.dump().substr(0, 100));
        CHECK_FALSE(refusal(update_request(), "updateTwin", update).empty());
    }
}

TEST_CASE("methods that no device could be asked", "[jobs]") {
    for (const json& method : {
             json::object(),
             json{{"methodName", ""}},
             json{{"methodName", 5}},
             json{{"methodName", std::string(129, 'x')}},
             json{{"methodName", "m"}, {"payload", std::string(128 << 10, 'x')}},
             json{{"methodName", "m"}, {"responseTimeoutInSeconds", 4}},
             json{{"methodName", "m"}, {"responseTimeoutInSeconds", 301}},
             json{{"methodName", "m"}, {"connectTimeoutInSeconds", -1}},
             json{{"methodName", "m"}, {"connectTimeoutInSeconds", 31}},
         }) {
        INFO(method.dump().substr(0, 100));
        CHECK_FALSE(refusal(method_request(), "cloudToDeviceMethod", method).empty());
    }
}
