// Queries through a stub: what is asked, page by page, and what good and bad answers make.

#include <nlohmann/json.hpp>

#include "integration/client/stub_registry.hpp"
#include "support/catch.hpp"

using namespace iothub::test;
using iothub::json;
using iothub::registry_client;

namespace {

std::string page_of(const std::string& rows, const std::string& type,
                    const std::string& continuation = "") {
    return http("200 OK", rows,
                "x-ms-item-type: " + type + "\r\n" +
                    (continuation.empty() ? "" : "X-MS-Continuation: " + continuation + "\r\n"));
}

const std::string refused =
    http("400 Bad Request", R"({"Message":"ErrorCode:ArgumentInvalid;BadRequest"})",
         "iothub-errorcode: ArgumentInvalid\r\n");

std::string text_of(iothub::paged<json> rows) {
    std::string text;
    for (const json& row : rows) {
        text += row.dump();
    }
    return text;
}

} // namespace

TEST_CASE("a query is posted once a page, with the token of the one before") {
    recorder seen;
    const tls_stub stub({seen.answer({page_of(R"([{"n":1},{"n":2}])", "Raw", "to+ken=="),
                                      page_of("[]", "Raw", "x"), page_of("[3]", "Raw")})});
    auto registry = client_of(stub);
    CHECK(text_of(registry.query("SELECT n FROM devices", {.page_size = 2})) ==
          R"({"n":1}{"n":2}3)");
    CHECK(stub.connections() == 1);

    const auto first = read_request(seen.requests.take());
    CHECK(first.line == "POST /devices/query");
    CHECK_THAT(first.head, Catch::Contains("\r\nx-ms-max-item-count: 2\r\n") &&
                               !Catch::Contains("x-ms-continuation") &&
                               !Catch::Contains("If-Match"));
    CHECK(first.body == R"({"query":"SELECT n FROM devices"})");
    const auto second = read_request(seen.requests.take());
    CHECK_THAT(second.head, Catch::Contains("\r\nx-ms-max-item-count: 2\r\n") &&
                                Catch::Contains("\r\nx-ms-continuation: to+ken==\r\n"));
    CHECK(second.body == first.body);
    CHECK_THAT(read_request(seen.requests.take()).head,
               Catch::Contains("\r\nx-ms-continuation: x\r\n"));
}

TEST_CASE("the hub chooses the size of pages where the caller does not") {
    const auto seen = request_of(page_of("[]", "Raw"), [](registry_client& registry) {
        CHECK(text_of(registry.query("q")).empty());
    });
    CHECK_THAT(seen.head, !Catch::Contains("x-ms-"));
}

TEST_CASE("a query goes on from a page's token, in another client's listing") {
    const auto seen = request_of(page_of("[]", "Raw"), [](registry_client& registry) {
        text_of(registry.query("q", {.continuation = "abc"}));
    });
    CHECK_THAT(seen.head, Catch::Contains("\r\nx-ms-continuation: abc\r\n"));
}

TEST_CASE("a listing outlives the client that gave it") {
    recorder seen;
    const tls_stub stub({seen.answer({page_of("[1]", "Raw", "x"), page_of("[2]", "Raw")})});
    auto rows = client_of(stub).query("q");
    CHECK(text_of(rows) == "12");
}

TEST_CASE("a refusal at the first page and at the second are thrown when they are due") {
    recorder seen;
    const tls_stub stub({seen.answer({refused, page_of("[1]", "Raw", "x"), refused})});
    auto registry = client_of(stub);
    auto wrong = registry.query("SELEKT");
    CHECK_THROWS_AS(wrong.begin(), iothub::argument_invalid);
    auto rows = registry.query("q");
    auto row = rows.begin();
    CHECK(*row == 1);
    CHECK_THROWS_AS(++row, iothub::argument_invalid);
}

TEST_CASE("a page that is no list is a protocol error") {
    const auto rows = GENERATE(as<std::string>{}, "{}", "null", "", "[");
    request_of(page_of(rows, "Raw"), [](registry_client& registry) {
        CHECK_THROWS_AS(registry.query("q").begin(), iothub::protocol_error);
    });
}

TEST_CASE("a query whose kept connection proved closed is asked again") {
    recorder seen;
    const auto drop = [&](stub_peer& peer) {
        seen.answer({page_of("[1]", "Raw", "x")})(peer);
        seen.receive(peer); // and no answer
    };
    const tls_stub stub({drop, seen.answer({page_of("[2]", "Raw")})});
    auto registry = client_of(stub);
    CHECK(text_of(registry.query("q")) == "12");
}

TEST_CASE("whole twins are read as twins") {
    request_of(page_of(R"([{"deviceId":"a","tags":{"x":1}},{"deviceId":"b"}])", "Twin"),
               [](registry_client& registry) {
                   std::vector<std::string> ids;
                   for (const iothub::twin& twin : registry.query_twins("SELECT * FROM devices")) {
                       ids.push_back(twin.device_id());
                   }
                   CHECK(ids == std::vector<std::string>{"a", "b"});
               });
}

TEST_CASE("rows that are no twins are not taken for them") {
    request_of(page_of("[]", "Raw"), [](registry_client& registry) {
        CHECK_THROWS_AS(registry.query_twins("SELECT deviceId FROM devices").begin(),
                        iothub::argument_invalid);
    });
    request_of(page_of("[7]", "Twin"), [](registry_client& registry) {
        CHECK_THROWS_AS(registry.query_twins("q").begin(), iothub::protocol_error);
    });
}

TEST_CASE("what no header can have is refused before anything is sent") {
    const tls_stub stub({});
    auto registry = client_of(stub);
    CHECK_THROWS_AS(registry.query("q", {.page_size = -1}).begin(), iothub::argument_invalid);
    CHECK_THROWS_AS(registry.query("q", {.continuation = "a\r\nX: y"}).begin(),
                    iothub::argument_invalid);
    CHECK(stub.connections() == 0);
}
