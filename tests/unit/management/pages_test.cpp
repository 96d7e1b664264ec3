#include "emulator/management/pages.hpp"

#include "support/catch.hpp"
#include "unit/management/hub_fixture.hpp"

using namespace iothub;
using management::show;

namespace {

http_codec::request get(std::string target) {
    http_codec::request asked;
    asked.method = "GET";
    asked.target = std::move(target);
    asked.headers.add("Host", "localhost:5380");
    return asked;
}

} // namespace

TEST_CASE("pages: health and readiness say why not") {
    test::managed_hub h;
    CHECK(show(get("/health"), h.around).status == 200);
    CHECK(show(get("/health?a=b"), h.around).body == R"({"status":"healthy"})");
    CHECK(show(get("/ready"), h.around).body == R"({"status":"ready"})");
    h.trouble = "the disk is full";
    const auto ill = show(get("/health"), h.around);
    CHECK(ill.status == 503);
    CHECK(ill.body == R"({"status":"unhealthy","reason":"the disk is full"})");
    CHECK(show(get("/ready"), h.around).status == 503);
}

TEST_CASE("pages: connection strings in the contract's form") {
    test::managed_hub h;
    const auto page = show(get("/api/connection-strings"), h.around);
    CHECK(page.status == 200);
    CHECK(*page.headers.find("Content-Type") == "application/json; charset=utf-8");
    CHECK(*page.headers.find("Cache-Control") == "no-store");
    CHECK(page.body ==
          R"({"service":{"iothubowner":"HostName=localhost;SharedAccessKeyName=iothubowner",)"
          R"("service":"HostName=localhost;SharedAccessKeyName=service"},)"
          R"("eventHubs":"Endpoint=sb://localhost;UseDevelopmentEmulator=true",)"
          R"("caFile":"/data/ca.pem"})");
}

TEST_CASE("pages: the connection string of one identity") {
    test::managed_hub h;
    core::identity_request request;
    request.key = {"d+1", ""};
    REQUIRE(h.hub.identities().put(request, {}));
    request.key.module_id = "m";
    REQUIRE(h.hub.identities().put(request, {}));
    const auto device = show(get("/api/connection-strings?device=d%2B1"), h.around);
    CHECK(device.body == R"({"connectionString":"the string of d+1"})");
    const auto module = show(get("/api/connection-strings?device=d%2B1&module=m"), h.around);
    CHECK(module.body == R"({"connectionString":"the string of d+1/m"})");
    CHECK(show(get("/api/connection-strings?device=none"), h.around).status == 404);
    CHECK(show(get("/api/connection-strings?device=d%2B1&module=none"), h.around).status == 404);
    CHECK(show(get("/api/connection-strings?module=m"), h.around).status == 404);
}

TEST_CASE("pages: the certificate and the metrics") {
    test::managed_hub h;
    CHECK(show(get("/ca.pem"), h.around).body == "-----BEGIN CERTIFICATE-----\n");
    core::identity_request device;
    device.key = {"d", ""};
    REQUIRE(h.hub.identities().put(device, {}));
    h.hub.end_turn();
    const auto page = show(get("/metrics"), h.around);
    CHECK(page.headers.find("Content-Type")->starts_with("text/plain; version=0.0.4"));
    CHECK(page.body.find("\niothub_devices 1\n") != std::string::npos);
    CHECK(page.body.find("\niothub_commits_total 1\n") != std::string::npos);
}

TEST_CASE("pages: foreign hosts and pages are refused before anything else, and logged") {
    test::managed_hub h;
    http_codec::request asked = get("/api/connection-strings");
    asked.headers.add("Origin", "http://evil.example");
    const auto page = show(asked, h.around);
    CHECK(page.status == 403);
    CHECK(page.body.find("HostName") == std::string::npos);
    CHECK(page.body.starts_with(R"({"error":")"));
    CHECK(h.journal.mentions("403"));
}

TEST_CASE("pages: unknown pages and methods") {
    test::managed_hub h;
    CHECK(show(get("/nothing"), h.around).status == 404);
    CHECK(show(get("/health/"), h.around).status == 404);
    auto asked = get("/health");
    asked.method = "HEAD";
    CHECK(show(asked, h.around).status == 200);
    asked.method = "POST";
    const auto page = show(asked, h.around);
    CHECK(page.status == 405);
    CHECK(*page.headers.find("Allow") == "GET, HEAD");
}

TEST_CASE("pages: a hub that cannot say is answered with 500, and the log knows why") {
    test::managed_hub h;
    h.around.count_identities = []() -> core::identity_counts {
        throw core::store_fault("the disk is broken");
    };
    const auto page = show(get("/metrics"), h.around);
    CHECK(page.status == 500);
    CHECK(page.body.find("disk") == std::string::npos);
    CHECK(h.journal.mentions("the disk is broken"));
}
