#include "client/src/error_response.hpp"

#include "support/catch.hpp"

using iothub::hub_error_kind;
using iothub::client::error_subject;
using iothub::client::read_error;

TEST_CASE("envelope 1 tells name, text and tracking id") {
    const auto error = read_error(
        {.status = 409,
         .symbolic_code = "DeviceAlreadyExists",
         .body = R"({"Message":"ErrorCode:DeviceAlreadyExists;A device with ID 'd' is there.",)"
                 R"("ExceptionMessage":"Tracking ID:e40e-G:5-TimeStamp:08/20/2020 22:05:30"})"});
    CHECK(error.kind == hub_error_kind::device_already_exists);
    CHECK(error.symbolic_code == "DeviceAlreadyExists");
    CHECK(error.message == "A device with ID 'd' is there.");
    CHECK(error.tracking_id == "e40e-G:5-TimeStamp:08/20/2020 22:05:30");
    CHECK(error.http_status == 409);
    CHECK(error.code == 409001);
}

TEST_CASE("a name stands for its number, wherever it is, and a number for itself") {
    const auto code = [](std::string_view name, std::string_view body) {
        return read_error({.status = 412, .symbolic_code = name, .body = body}).code;
    };
    CHECK(code("PreconditionFailed", "") == 412001);
    CHECK(code("", R"({"Message":"ErrorCode:PreconditionFailed;text"})") == 412001);
    CHECK(code("PreconditionFailed", R"({"errorCode":412999,"message":"text"})") == 412999);
    CHECK(code("NobodyKnowsThis", "") == 0);
}

TEST_CASE("envelope 2 tells a number") {
    const auto error =
        read_error({.status = 409,
                    .body = R"({"errorCode":409301,"message":"Device d already contains m.",)"
                            R"("trackingId":"T","timestampUtc":"2022"})"});
    CHECK(error.kind == hub_error_kind::module_already_exists);
    CHECK(error.code == 409301);
    CHECK(error.message == "Device d already contains m.");
    CHECK(error.tracking_id == "T");
}

TEST_CASE("envelope 3 is the second inside the first") {
    const auto error =
        read_error({.status = 401,
                    .symbolic_code = "IotHubUnauthorizedAccess",
                    .body = R"({"Message":"{\"errorCode\":401002,\"trackingId\":\"T\",)"
                            R"(\"message\":\"Unauthorized access\"}","ExceptionMessage":""})"});
    CHECK(error.kind == hub_error_kind::unauthorized);
    CHECK(error.code == 401002);
    CHECK(error.symbolic_code == "IotHubUnauthorizedAccess");
    CHECK(error.message == "Unauthorized access");
}

TEST_CASE("what is missing depends on code and subject") {
    const auto kind = [](std::string_view code, error_subject subject) {
        return read_error({.status = 404, .symbolic_code = code, .subject = subject}).kind;
    };
    CHECK(kind("DeviceNotFound", error_subject::device) == hub_error_kind::device_not_found);
    CHECK(kind("DeviceNotFound", error_subject::module_identity) ==
          hub_error_kind::device_not_found);
    CHECK(kind("ModuleNotFound", error_subject::module_identity) ==
          hub_error_kind::module_not_found);
    CHECK(kind("DeviceNotFound", error_subject::module_twin) == hub_error_kind::module_not_found);
    CHECK(kind("", error_subject::device) == hub_error_kind::not_found);
}

TEST_CASE("a device that is out of reach is not missing") {
    const auto error_of = [](const std::string& code) {
        return read_error({.status = 404,
                           .body = R"({"Message":"{\"errorCode\":)" + code +
                                   R"(,\"message\":\"not online\"}","ExceptionMessage":""})",
                           .subject = error_subject::module_twin});
    };
    CHECK(error_of("404103").kind == hub_error_kind::not_found);
    CHECK(error_of("404103").code == 404103);
    CHECK(error_of("404104").kind == hub_error_kind::not_found);
    CHECK(error_of("404001").kind == hub_error_kind::module_not_found);
}

TEST_CASE("a module that exists is told by either code") {
    const auto kind = [](std::string_view code) {
        return read_error({.status = 409,
                           .symbolic_code = code,
                           .subject = error_subject::module_identity})
            .kind;
    };
    CHECK(kind("ModuleAlreadyExistsOnDevice") == hub_error_kind::module_already_exists);
    CHECK(kind("DeviceAlreadyExists") == hub_error_kind::module_already_exists);
    CHECK(kind("LinkCreationConflict") == hub_error_kind::conflict);
}

TEST_CASE("what comes too late is a conflict, not a wrong method") {
    const auto kind = [](std::string_view code) {
        return read_error({.status = 405, .symbolic_code = code}).kind;
    };
    CHECK(kind("OperationNotAllowedInCurrentState") == hub_error_kind::conflict);
    CHECK(kind("GenericMethodNotAllowed") == hub_error_kind::protocol);
    CHECK(read_error({.status = 405, .body = R"({"errorCode":405102})"}).kind ==
          hub_error_kind::conflict);
}

TEST_CASE("jobs and configurations have no kinds of their own") {
    const auto kind = [](int status, std::string_view code) {
        return read_error({.status = status, .symbolic_code = code}).kind;
    };
    CHECK(kind(404, "JobNotFound") == hub_error_kind::not_found);
    CHECK(kind(404, "ConfigurationNotFound") == hub_error_kind::not_found);
    CHECK(kind(409, "JobAlreadyExists") == hub_error_kind::conflict);
    CHECK(kind(409, "ConfigurationAlreadyExists") == hub_error_kind::conflict);
    CHECK(kind(403, "JobQuotaExceeded") == hub_error_kind::quota_exceeded);
    CHECK(kind(412, "DeviceMessageLockLost") == hub_error_kind::precondition_failed);
    CHECK(kind(413, "TooManyDevices") == hub_error_kind::too_large);
    CHECK(kind(429, "ThrottlingMaxActiveJobCountExceeded") == hub_error_kind::throttled);
}

TEST_CASE("every status has a kind") {
    const auto kind = [](int status) { return read_error({.status = status}).kind; };
    CHECK(kind(400) == hub_error_kind::argument_invalid);
    CHECK(kind(401) == hub_error_kind::unauthorized);
    CHECK(kind(403) == hub_error_kind::quota_exceeded);
    CHECK(kind(405) == hub_error_kind::protocol);
    CHECK(kind(412) == hub_error_kind::precondition_failed);
    CHECK(kind(413) == hub_error_kind::too_large);
    CHECK(kind(429) == hub_error_kind::throttled);
    CHECK(kind(500) == hub_error_kind::server_error);
    CHECK(kind(504) == hub_error_kind::server_error);
    CHECK(kind(302) == hub_error_kind::protocol);
}

TEST_CASE("any body gives one line of message") {
    const auto body = GENERATE(as<std::string>{}, "", "not JSON", "[]", "{}", "{\"Message\":7}",
                               "{\"Message\":\"ErrorCode:\"}", "{\"Message\":\"{\"}",
                               "{\"errorCode\":\"x\"}", "{\"message\":\"two\\nlines\\u0000\"}");
    const auto error = read_error({.status = 500, .body = body});
    CHECK_FALSE(error.message.empty());
    CHECK(error.message.find_first_of(std::string("\n\r\0", 3)) == std::string::npos);
}
