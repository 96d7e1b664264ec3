#include "client/src/registry/method_documents.hpp"

#include "common/json.hpp"
#include "iothub/hub_error.hpp"
#include "support/catch.hpp"

using iothub::json;
using iothub::client::read_method_response;
using iothub::client::to_document;

TEST_CASE("a call names its method, payload and times") {
    CHECK(to_document("reboot", {{"in", 5}}, {}).dump() ==
          R"({"methodName":"reboot","payload":{"in":5},)"
          R"("responseTimeoutInSeconds":30,"connectTimeoutInSeconds":0})");
    const iothub::method_timeouts timeouts{.response = std::chrono::minutes(2),
                                           .connect = std::chrono::seconds(7)};
    const json document = to_document("m", nullptr, timeouts);
    CHECK(document.at("payload").is_null());
    CHECK(document.at("responseTimeoutInSeconds") == 120);
    CHECK(document.at("connectTimeoutInSeconds") == 7);
}

TEST_CASE("an answer has a status, and perhaps a payload") {
    const auto response = read_method_response(json::parse(R"({"status":404,"payload":[1]})"));
    CHECK(response.status() == 404);
    CHECK(response.payload() == json::array({1}));
    CHECK(read_method_response(json::parse(R"({"status":200})")).payload().is_null());
}

TEST_CASE("an answer without a status is no method's") {
    const auto text = GENERATE(as<std::string>{}, "{}", "null", "[]", R"({"status":"200"})");
    CHECK_THROWS_AS(read_method_response(json::parse(text)), iothub::protocol_error);
}
