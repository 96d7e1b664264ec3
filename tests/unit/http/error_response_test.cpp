#include "emulator/http/error_response.hpp"

#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::http;

namespace {

const response_stamp stamp{"e40e9db2-199f-482b-887a-f45fbeaa7b8c",
                           from_unix_seconds(1'597'961'130)};

} // namespace

TEST_CASE("error: the common envelope, letter by letter") {
    const auto r = error_response({errc::precondition_failed, "PreconditionFailed"}, stamp);
    CHECK(r.status == 412);
    CHECK(*r.headers.find("iothub-errorcode") == "PreconditionFailed");
    CHECK(r.body == R"({"Message":"ErrorCode:PreconditionFailed;PreconditionFailed",)"
                    R"("ExceptionMessage":"Tracking ID:e40e9db2199f482b887af45fbeaa7b8c-G:0-)"
                    R"(TimeStamp:08/20/2020 22:05:30"})");
}

TEST_CASE("error: a refused token has its error as text inside the message") {
    const auto r = error_response(
        {errc::unauthorized_access, "Unauthorized access", "the signature is wrong"}, stamp);
    CHECK(r.status == 401);
    CHECK(*r.headers.find("iothub-errorcode") == "IotHubUnauthorizedAccess");
    CHECK(r.headers.find("WWW-Authenticate") != nullptr);
    CHECK(r.body == R"({"Message":"{\"errorCode\":401002,\"message\":\"Unauthorized access\",)"
                    R"(\"trackingId\":\"e40e9db2199f482b887af45fbeaa7b8c-G:0-TimeStamp:)"
                    R"(08/20/2020 22:05:30\",\"timestampUtc\":\"2020-08-20T22:05:30Z\"}",)"
                    R"("ExceptionMessage":""})");
}

TEST_CASE("error: the message is never empty and holds no semicolon") {
    CHECK(error_response({errc::server_error, ""}, stamp)
              .body.starts_with(R"({"Message":"ErrorCode:ServerError;ServerError",)"));
    CHECK(error_response({errc::argument_invalid, "a;b"}, stamp)
              .body.starts_with(R"({"Message":"ErrorCode:ArgumentInvalid;a,b",)"));
}

TEST_CASE("error: the detail stays in the house") {
    const auto r = error_response({errc::device_not_found, "d", "looked in /secret"}, stamp);
    CHECK(r.body.find("secret") == std::string::npos);
    CHECK(r.headers.find("WWW-Authenticate") == nullptr);
}

TEST_CASE("error: what the codec refuses has the nearest code") {
    CHECK(to_error({413, "too large"}).code == errc::message_too_large);
    CHECK(to_error({415, "gzip"}).code == errc::unsupported_media_type);
    CHECK(to_error({400, "?"}).code == errc::generic_bad_request);
    CHECK(to_error({431, "?"}).message == "?");
}

TEST_CASE("stamp: every response has the common fields, Content-Type only with a body") {
    const auto full = stamp.put_on({200, {}, "{}"});
    CHECK(*full.headers.find("Content-Type") == "application/json; charset=utf-8");
    CHECK(*full.headers.find("Date") == "Thu, 20 Aug 2020 22:05:30 GMT");
    CHECK(*full.headers.find("Server") == "Microsoft-HTTPAPI/2.0");
    CHECK(*full.headers.find("Vary") == "Origin");
    CHECK(*full.headers.find("x-ms-request-id") == "e40e9db2-199f-482b-887a-f45fbeaa7b8c");
    CHECK(stamp.put_on({204, {}, {}}).headers.find("Content-Type") == nullptr);
}
