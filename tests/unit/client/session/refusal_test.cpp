#include "client/src/session/refusal.hpp"

#include "support/catch.hpp"

using iothub::hub_error_kind;
using iothub::client::read_refusal;
using reason = iothub::connection_status_change_reason;

TEST_CASE("each CONNACK has its meaning") {
    CHECK(read_refusal(1, false).final_reason == reason::communication_error);
    CHECK(read_refusal(1, false).error.kind == hub_error_kind::protocol);
    CHECK(read_refusal(2, true).final_reason == reason::bad_credential);
    CHECK_FALSE(read_refusal(3, false).final_reason);
    CHECK(read_refusal(4, false).final_reason == reason::bad_credential);
    CHECK(read_refusal(5, false).error.kind == hub_error_kind::unauthorized);
}

TEST_CASE("a credential that was accepted before has been taken away") {
    CHECK(read_refusal(5, true).final_reason == reason::device_disabled);
    CHECK(read_refusal(4, true).final_reason == reason::device_disabled);
}

TEST_CASE("a return code of no specification is a refusal for good") {
    CHECK(read_refusal(17, false).final_reason == reason::bad_credential);
}
