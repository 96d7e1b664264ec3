#include "client/src/engine/method_handlers.hpp"

#include <stdexcept>

#include "common/json.hpp"
#include "support/catch.hpp"

using iothub::json;
using iothub::method_request;
using iothub::method_response;
using iothub::client::method_handlers;

namespace {

method_response echo(const method_request& request) {
    return {200, {{"name", request.name()}, {"payload", request.payload()}}};
}

} // namespace

TEST_CASE("a handler gets name and payload, and its answer goes back") {
    method_handlers handlers;
    handlers.set("", echo);
    const auto answer = handlers.call("reboot", R"({"b":1,"a":[true]})");
    CHECK(answer.status == 200);
    CHECK(answer.payload == R"({"name":"reboot","payload":{"b":1,"a":[true]}})");
    CHECK_FALSE(answer.failure);
}

TEST_CASE("no payload is null") {
    method_handlers handlers;
    handlers.set("", echo);
    CHECK(handlers.call("m", "").payload == R"({"name":"m","payload":null})");
    handlers.set("", [](const method_request&) { return method_response(204); });
    const auto answer = handlers.call("m", "null");
    CHECK(answer.status == 204);
    CHECK(answer.payload == "null");
}

TEST_CASE("a method's own handler stands before the one for all") {
    method_handlers handlers;
    handlers.set("", [](const method_request&) { return method_response(1); });
    handlers.set("own", [](const method_request&) { return method_response(2); });
    CHECK(handlers.call("own", "").status == 2);
    CHECK(handlers.call("other", "").status == 1);
    handlers.set("own", nullptr);
    CHECK(handlers.call("own", "").status == 1);
}

TEST_CASE("a method that nobody handles is not implemented") {
    method_handlers handlers;
    handlers.set("known", echo);
    const auto answer = handlers.call("unknown", "{}");
    CHECK(answer.status == 501);
    CHECK(answer.payload == "{}");
}

TEST_CASE("a handler that throws is an answer too") {
    method_handlers handlers;
    handlers.set("", [](const method_request&) -> method_response {
        throw std::runtime_error("the \"pump\" is stuck");
    });
    const auto answer = handlers.call("m", "");
    CHECK(answer.status == 500);
    CHECK(answer.payload == R"({"message":"the \"pump\" is stuck"})");
    CHECK_THROWS_WITH(std::rethrow_exception(answer.failure), "the \"pump\" is stuck");

    handlers.set("", [](const method_request&) -> method_response { throw 7; });
    CHECK(handlers.call("m", "").status == 500);
    CHECK_THROWS_AS(std::rethrow_exception(handlers.call("m", "").failure), int);
}

TEST_CASE("an answer of 128 KiB is the largest") {
    method_handlers handlers;
    const auto answer_of = [&](std::size_t size) {
        handlers.set("", [size](const method_request&) {
            return method_response(200, std::string(size - 2, 'x'));
        });
        return handlers.call("m", "");
    };
    CHECK(answer_of(131'072).status == 200);
    CHECK(answer_of(131'072).payload.size() == 131'072);
    CHECK(answer_of(131'073).status == 500);
    CHECK_THAT(answer_of(131'073).payload, Catch::Contains("larger than 128 KiB"));
}

TEST_CASE("what is not JSON is refused before the handler") {
    method_handlers handlers;
    handlers.set("", echo);
    const auto answer = handlers.call("m", "{");
    CHECK(answer.status == 400);
    CHECK_THAT(answer.payload, Catch::Contains("not JSON"));
}
