#include "common/letter_case.hpp"
#include "support/catch.hpp"
#include "unit/management/hub_fixture.hpp"

using namespace iothub;
using Catch::Contains;

TEST_CASE("routes: foreign hosts and pages are refused before anything else, and logged") {
    test::managed_hub h;
    const auto page =
        h.ask("GET", "/api/connection-strings", "", "Origin: http://evil.example\r\n");
    CHECK(page.status == 403);
    CHECK(page.body.find("HostName") == page.body.npos);
    CHECK_FALSE(page.error().empty());
    CHECK(h.journal.mentions("403"));
}

TEST_CASE("routes: no page of another site changes anything, however it asks") {
    test::managed_hub h;
    const std::string headers =
        GENERATE("Origin: http://evil.example\r\n", "Origin: null\r\n",
                 "Sec-Fetch-Site: cross-site\r\n", "Sec-Fetch-Site: same-site\r\n",
                 "Origin: http://evil.example\r\nContent-Type: text/plain\r\n",
                 "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n"
                 "Content-Type: application/x-www-form-urlencoded\r\n",
                 "Host: evil.example\r\n");
    INFO(headers);
    CHECK(h.ask("POST", "/api/reset?to=empty", "", headers).status == 403);
    CHECK(h.ask("POST", "/api/registry", "{}", headers).status == 403);
    CHECK(h.ask("PUT", "/api/certificate-authorities?name=n", "CA x", headers).status == 403);
    CHECK(h.ask("DELETE", "/api/connections?device=d", "", headers).status == 403);
    CHECK(h.done.empty());
}

TEST_CASE("routes: the hub's own page and programs may change things") {
    test::managed_hub h;
    const std::string headers =
        GENERATE("", "Origin: http://localhost:5380\r\n",
                 "Origin: http://localhost:5380\r\nSec-Fetch-Site: same-origin\r\n",
                 "Content-Type: text/plain;charset=UTF-8\r\nSec-Fetch-Mode: cors\r\n");
    INFO(headers);
    CHECK(h.ask("POST", "/api/reset?to=empty", "", headers).status == 204);
    CHECK(h.done == std::vector<std::string>{"to empty"});
}

TEST_CASE("routes: no page of another site is allowed to read an answer") {
    test::managed_hub h;
    const std::string path = GENERATE("/", "/health", "/api/connection-strings",
                                      "/api/service/devices", "/api/reset", "/nothing");
    const std::string origin =
        GENERATE("", "Origin: http://localhost:5380\r\n", "Origin: http://evil.example\r\n",
                 "Origin: null\r\n", "Host: evil.example\r\n");
    INFO(path << " " << origin);
    for (const char* const method : {"GET", "OPTIONS"}) {
        const auto page =
            h.ask(method, path, "", origin + "Access-Control-Request-Method: POST\r\n");
        CHECK(page.status != 0);
        CHECK(lower_case(page.head).find("access-control") == page.head.npos);
        const bool preflight = std::string_view("OPTIONS") == method;
        CHECK_FALSE((preflight && page.status < 400)); // a preflight is never agreed to
    }
}

TEST_CASE("routes: unknown pages, methods and parameters") {
    test::managed_hub h;
    CHECK(h.get("/nothing").status == 404);
    CHECK(h.get("/health/").status == 404);
    CHECK(h.get("/api/events/").status == 404);
    CHECK(h.ask("HEAD", "/health").status == 200);
    CHECK(h.ask("HEAD", "/health").body.empty());
    const auto page = h.ask("POST", "/health");
    CHECK(page.status == 405);
    CHECK_THAT(page.head, Contains("\r\nAllow: GET, HEAD\r\n"));
    CHECK_THAT(h.ask("PUT", "/api/messages?device=d").head,
               Contains("\r\nAllow: GET, HEAD, POST, DELETE\r\n"));
    const auto typo = h.get("/api/events?devcie=d");
    CHECK(typo.status == 400);
    CHECK_THAT(typo.error(), Contains("devcie"));
    CHECK(h.get("/api/events?device%20module=d").status == 400);
}

TEST_CASE("routes: a hub that cannot say is answered with 500, and the log knows why") {
    test::managed_hub h;
    h.around.count_identities = []() -> core::identity_counts {
        throw core::store_fault("the disk is broken");
    };
    const auto page = h.get("/metrics");
    CHECK(page.status == 500);
    CHECK(page.body.find("disk") == page.body.npos);
    CHECK(h.journal.mentions("the disk is broken"));
}
