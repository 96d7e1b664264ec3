#include "support/catch.hpp"
#include "unit/management/hub_fixture.hpp"

using namespace iothub;
using Catch::Contains;

TEST_CASE("pages: health and readiness say why not") {
    test::managed_hub h;
    CHECK(h.get("/health").status == 200);
    CHECK(h.get("/health?a=b").body == R"({"status":"healthy"})");
    CHECK(h.get("/ready").body == R"({"status":"ready"})");
    h.trouble = "the disk is full";
    const auto ill = h.get("/health");
    CHECK(ill.status == 503);
    CHECK(ill.body == R"({"status":"unhealthy","reason":"the disk is full"})");
    CHECK(h.get("/ready").status == 503);
}

TEST_CASE("pages: connection strings in the contract's form") {
    test::managed_hub h;
    const auto page = h.get("/api/connection-strings");
    CHECK(page.status == 200);
    CHECK_THAT(page.head, Contains("\r\nContent-Type: application/json; charset=utf-8\r\n") &&
                              Contains("\r\nCache-Control: no-store\r\n"));
    CHECK(page.body ==
          R"({"service":{"iothubowner":"HostName=localhost;SharedAccessKeyName=iothubowner",)"
          R"("service":"HostName=localhost;SharedAccessKeyName=service"},)"
          R"("eventHubs":"Endpoint=sb://localhost;UseDevelopmentEmulator=true",)"
          R"("caFile":"/data/ca.pem"})");
}

TEST_CASE("pages: the connection string of one identity") {
    test::managed_hub h;
    h.create({"d+1", ""});
    h.create({"d+1", "m"});
    CHECK(h.get("/api/connection-strings?device=d%2B1").body ==
          R"({"connectionString":"the string of d+1"})");
    CHECK(h.get("/api/connection-strings?device=d%2B1&module=m").body ==
          R"({"connectionString":"the string of d+1/m"})");
    CHECK(h.get("/api/connection-strings?device=none").status == 404);
    CHECK(h.get("/api/connection-strings?device=d%2B1&module=none").status == 404);
    CHECK(h.get("/api/connection-strings?module=m").status == 400);
}

TEST_CASE("pages: the certificate and the metrics") {
    test::managed_hub h;
    CHECK(h.get("/ca.pem").body == "-----BEGIN CERTIFICATE-----\n");
    h.create({"d", ""});
    h.hub.end_turn();
    const auto page = h.get("/metrics");
    CHECK_THAT(page.head, Contains("\r\nContent-Type: text/plain; version=0.0.4"));
    CHECK_THAT(page.body,
               Contains("\niothub_devices 1\n") && Contains("\niothub_commits_total 1\n"));
}

TEST_CASE("pages: the configuration's schema is JSON") {
    test::managed_hub h;
    const auto page = h.get("/api/config-schema");
    CHECK(page.status == 200);
    CHECK(page.document().at("properties").contains("httpsPort"));
}
