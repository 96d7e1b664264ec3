#include "client/src/amqp/amqp_refusal.hpp"

#include <utility>

#include "support/catch.hpp"

using namespace iothub::client;
using iothub::hub_error_kind;

TEST_CASE("the hub's number says what kind of refusal it is") {
    const std::pair<int, hub_error_kind> kinds[] = {
        {400004, hub_error_kind::argument_invalid},    {401002, hub_error_kind::unauthorized},
        {403004, hub_error_kind::quota_exceeded},      {404001, hub_error_kind::device_not_found},
        {404010, hub_error_kind::module_not_found},    {404000, hub_error_kind::not_found},
        {412002, hub_error_kind::precondition_failed}, {413001, hub_error_kind::too_large},
        {429001, hub_error_kind::throttled},           {500001, hub_error_kind::server_error}};
    for (const auto& [code, kind] : kinds) {
        const std::string body =
            R"({"errorCode":)" + std::to_string(code) + R"(,"trackingId":"t","message":"why"})";
        const auto details = read_refusal({"amqp:anything", body, code, "other"});
        CHECK(details.kind == kind);
        CHECK(details.code == code);
        CHECK(details.message == "why");
        CHECK(details.tracking_id == "t");
        CHECK(details.http_status == 0);
    }
}

TEST_CASE("without a number the condition says it") {
    const std::pair<const char*, hub_error_kind> kinds[] = {
        {"amqp:not-found", hub_error_kind::not_found},
        {"amqp:unauthorized-access", hub_error_kind::unauthorized},
        {"amqp:resource-limit-exceeded", hub_error_kind::quota_exceeded},
        {"amqp:link:message-size-exceeded", hub_error_kind::too_large},
        {"amqp:link:stolen", hub_error_kind::conflict},
        {"com.microsoft:argument-out-of-range", hub_error_kind::argument_invalid},
        {"com.microsoft:timeout", hub_error_kind::time_out},
        {"of:another", hub_error_kind::protocol}};
    for (const auto& [condition, kind] : kinds) {
        const auto details = read_refusal({condition, "it says\r\nmore", 0, "t"});
        CHECK(details.kind == kind);
        CHECK(details.message == "it says");
        CHECK(details.code == 0);
        CHECK(details.tracking_id == "t");
    }
    CHECK(read_refusal({"amqp:not-found", "", 0, ""}).message ==
          "The hub refused it: amqp:not-found");
}

TEST_CASE("a refused request has its status for a kind") {
    CHECK(read_refused_request(401, "Token Invalid.").kind == hub_error_kind::unauthorized);
    CHECK(read_refused_request(401, "Token Invalid.").message == "Token Invalid.");
    CHECK(read_refused_request(404, "").kind == hub_error_kind::not_found);
    CHECK(read_refused_request(0, "").kind == hub_error_kind::protocol);
}
