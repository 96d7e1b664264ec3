#include "support/catch.hpp"
#include "unit/management/hub_fixture.hpp"

using namespace iothub;
using Catch::Contains;

namespace {

const std::string json_type = "Content-Type: application/json\r\n";

} // namespace

TEST_CASE("service: every method reaches the REST interface with path and query") {
    test::managed_hub h;
    const std::string method = GENERATE("GET", "POST", "PUT", "PATCH", "DELETE");
    const auto page = h.ask(method, "/api/service/devices/d%2B1?api-version=x", "{}", json_type);
    CHECK(page.status == 200);
    CHECK(page.body == "{}");
    CHECK(h.done == std::vector<std::string>{method + " /devices/d%2B1?api-version=x"});
    CHECK_THAT(page.head, Contains("\r\nCache-Control: no-store\r\n"));
}

TEST_CASE("service: a change must say that it is JSON, which no form can") {
    test::managed_hub h;
    const std::string type =
        GENERATE("", "Content-Type: text/plain\r\n", "Content-Type: multipart/form-data\r\n",
                 "Content-Type: application/x-www-form-urlencoded\r\n");
    INFO(type);
    const std::string method = GENERATE("POST", "PUT", "PATCH", "DELETE");
    CHECK(h.ask(method, "/api/service/devices/d", "{}", type).status == 415);
    CHECK(h.done.empty());
}

TEST_CASE("service: reading needs no type") {
    test::managed_hub h;
    CHECK(h.get("/api/service/devices/d").status == 200);
    CHECK(h.ask("GET", "/api/service/devices/d", "", "Content-Type: application/json\r\n").status ==
          200);
}

TEST_CASE("service: no other site's page reaches it, not even by a link") {
    test::managed_hub h;
    const std::string headers =
        GENERATE("Origin: http://evil.example\r\n", "Sec-Fetch-Site: cross-site\r\n",
                 "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n",
                 "Sec-Fetch-Site: none\r\nSec-Fetch-Mode: navigate\r\n", "Host: evil.example\r\n");
    INFO(headers);
    CHECK(h.ask("GET", "/api/service/devices/d", "", headers).status == 403);
    CHECK(h.ask("PUT", "/api/service/devices/d", "{}", json_type + headers).status == 403);
    CHECK(h.done.empty());
}

TEST_CASE("service: a method that nobody knows") {
    test::managed_hub h;
    const auto page = h.ask("PURGE", "/api/service/devices/d");
    CHECK(page.status == 405);
    CHECK_THAT(page.head, Contains("\r\nAllow: GET, HEAD, POST, PUT, PATCH, DELETE\r\n"));
}
