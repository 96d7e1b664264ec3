#include "iothub/hub_error.hpp"

#include "client/src/error_details.hpp"
#include "support/catch.hpp"

using iothub::hub_error_kind;

TEST_CASE("each kind is thrown as its own class, with all that is known") {
    try {
        iothub::client::throw_error({.kind = hub_error_kind::precondition_failed,
                                     .message = "too late",
                                     .code = 412001,
                                     .symbolic_code = "PreconditionFailed",
                                     .http_status = 412,
                                     .tracking_id = "T"});
    } catch (const iothub::precondition_failed& error) {
        CHECK(std::string(error.what()) == "too late [PreconditionFailed 412001]");
        CHECK(error.code() == 412001);
        CHECK(error.symbolic_code() == "PreconditionFailed");
        CHECK(error.http_status() == 412);
        CHECK(error.tracking_id() == "T");
        CHECK(error.kind() == hub_error_kind::precondition_failed);
        return;
    }
    FAIL("another class");
}

TEST_CASE("every kind has a class and a name") {
    for (int kind = 0; kind <= static_cast<int>(hub_error_kind::protocol); ++kind) {
        const auto value = static_cast<hub_error_kind>(kind);
        CHECK(to_string(value) != "unknown");
        CHECK_THROWS_AS(iothub::client::throw_error(value, "x"), iothub::hub_error);
    }
}

TEST_CASE("only what may pass is transient") {
    const auto transient = [](hub_error_kind kind) {
        return iothub::hub_error({.kind = kind}).is_transient();
    };
    CHECK(transient(hub_error_kind::network));
    CHECK(transient(hub_error_kind::time_out));
    CHECK(transient(hub_error_kind::throttled));
    CHECK(transient(hub_error_kind::server_error));
    CHECK_FALSE(transient(hub_error_kind::unauthorized));
    CHECK_FALSE(transient(hub_error_kind::argument_invalid));
}
