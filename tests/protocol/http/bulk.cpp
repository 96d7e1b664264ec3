#include "rest_world.hpp"

#include "support/catch.hpp"

// POST /devices (service API §1.5, row R09, trap 13).

using namespace iothub;
using namespace iothub::test;

namespace {

constexpr std::string_view success = R"({"isSuccessful":true,"errors":[],"warnings":[]})";

answer post(rest_world& w, std::string_view body) {
    return w.ask("POST", "/devices", body);
}

void check_failed(const answer& a) {
    CHECK(a.status == 400);
    CHECK(a.header("iothub-errorcode") == "BulkRegistryOperationFailure");
    CHECK(a.body.starts_with(R"({"isSuccessful":false,"errors":[{"deviceId":")"));
    CHECK(a.document()["warnings"] == json::array());
}

} // namespace

TEST_CASE("bulk: success is 47 letters") {
    rest_world w;
    const answer done = w.ask("POST", GENERATE("/devices", "/devices/", "/Devices"),
                              R"([{"id":"a","importMode":"create"},{"id":"b"}])");
    CHECK(done.status == 200);
    CHECK(done.body == success);
    CHECK(done.header("Content-Length") == "47");
    CHECK(done.header("IotHubErrorCode").empty());
    CHECK(w.ask("GET", "/devices").document().size() == 2);
}

TEST_CASE("bulk: devices come with their modules and their twins") {
    rest_world w;
    w.clock.advance(std::chrono::seconds(1));
    CHECK(post(w, R"([{"id":"d","importMode":"create","status":"disabled","tags":{"a":1},
        "properties":{"desired":{"x":1}}},{"id":"d","moduleId":"m","importMode":"create",
        "managedBy":"me"}])")
              .body == success);
    CHECK(w.ask("GET", "/devices/d").document()["status"] == "disabled");
    CHECK(w.ask("GET", "/devices/d/modules/m").document()["managedBy"] == "me");
    const json t = w.ask("GET", "/twins/d").document();
    CHECK(t["tags"].dump() == R"({"a":1})");
    CHECK(t["version"] == 2);
    CHECK(t["etag"] == "AAAAAAAAAAE=");
    CHECK(t["properties"]["desired"].dump() ==
          R"({"x":1,"$metadata":{"$lastUpdated":"2026-01-02T03:04:06Z","$lastUpdatedVersion":1,)"
          R"("x":{"$lastUpdated":"2026-01-02T03:04:06Z","$lastUpdatedVersion":1}},"$version":1})");
}

TEST_CASE("bulk: what can be done is done, and the rest is told with .NET's header") {
    rest_world w;
    w.add("/devices/b");
    const answer mixed = post(w, R"([{"id":"a","importMode":"create"},
        {"id":"b","importMode":"create"},{"id":"c","moduleId":"m","importMode":"create"},
        {"id":"e","importMode":"create"}])");
    check_failed(mixed);
    CHECK(mixed.header("IotHubErrorCode") == "BulkRegistryOperationFailure");
    CHECK(mixed.header("Content-Type") == "application/json; charset=utf-8");
    CHECK(mixed.document()["errors"].dump() ==
          R"([{"deviceId":"b","errorCode":"DeviceAlreadyExists","errorStatus":)"
          R"("A device with ID 'b' is already registered."},)"
          R"({"deviceId":"c","moduleId":"m","errorCode":"DeviceNotFound","errorStatus":"c"}])");
    CHECK(w.ask("GET", "/devices/a").status == 200);
    CHECK(w.ask("GET", "/devices/e").status == 200);
    CHECK(w.hub.count().failed_requests == 1);
    CHECK(w.log.mentions("bulk: b: "));
}

TEST_CASE("bulk: modes as Node writes them, with its etag") {
    rest_world w;
    const std::string etag = w.add("/devices/d");
    const std::string update = R"([{"id":"d","status":"disabled","etag":")" + etag +
                               R"(","importMode":"UpdateIfMatchETag"}])";
    CHECK(post(w, update).body == success);
    const answer stale = post(w, update);
    check_failed(stale);
    CHECK(stale.document()["errors"][0]["errorCode"] == "PreconditionFailed");
    CHECK(post(w, R"([{"id":"d","importMode":"Delete"}])").body == success);
    CHECK(post(w, R"([{"id":"d","importMode":"Delete"}])").document()["errors"][0]["errorCode"] ==
          "DeviceNotFound");
}

TEST_CASE("bulk: a deletion on condition, without the condition, as it was recorded") {
    rest_world w;
    w.add("/devices/d");
    CHECK(post(w, R"([{"id":"d","importMode":"deleteIfMatchETag"}])").body == success);
    CHECK(w.ask("GET", "/devices/d").status == 404);
}

TEST_CASE("bulk: twins are patched, not replaced, on their own etag") {
    rest_world w;
    w.add("/devices/d");
    w.ask("PATCH", "/twins/d", R"({"tags":{"old":1}})");
    CHECK(post(w, R"([{"id":"d","importMode":"updateTwin","tags":{"new":2},
        "properties":{"desired":{"a":1}}}])")
              .body == success);
    const json t = w.ask("GET", "/twins/d").document();
    CHECK(t["tags"].dump() == R"({"old":1,"new":2})");
    CHECK(t["properties"]["desired"]["$version"] == 2);
    const std::string conditional = R"([{"id":"d","importMode":"updateTwinIfMatchETag",)"
                                    R"("twinETag":"AAAAAAAAAAM=","tags":{"new":3}}])";
    CHECK(post(w, conditional).body == success);
    CHECK(post(w, conditional).document()["errors"][0]["errorCode"] == "PreconditionFailed");
}

TEST_CASE("bulk: one hundred items at once, each with as much of a twin as it can have") {
    rest_world w;
    json items = json::array();
    const std::string text(4000, 'x');
    for (int i = 0; i < 100; ++i) {
        items.push_back({{"id", "d" + std::to_string(i)},
                         {"importMode", "create"},
                         {"tags", {{"a", text}, {"b", text}}},
                         {"properties",
                          {{"desired",
                            {{"a", text},
                             {"b", text},
                             {"c", text},
                             {"d", text},
                             {"e", text},
                             {"f", text},
                             {"g", text}}}}}});
    }
    const std::string body = items.dump();
    CHECK(body.size() > 3 * 1024 * 1024);
    CHECK(post(w, body).body == success);
    CHECK(w.hub.identities().list_devices(1000).size() == 100);
}

TEST_CASE("bulk: whose policy may") {
    rest_world w;
    const auto [policy, status] = GENERATE(table<const char*, int>({{"iothubowner", 200},
                                                                    {"registryReadWrite", 200},
                                                                    {"registryRead", 401},
                                                                    {"service", 401},
                                                                    {"device", 401}}));
    INFO(policy);
    CHECK(
        w.ask("POST", "/devices", R"([{"id":"d"}])", "Authorization: " + token_of(policy) + "\r\n")
            .status == status);
}

TEST_CASE("bulk: a turn that is lost leaves nothing of it") {
    rest_world w;
    w.store.commits_fail = true;
    CHECK(post(w, R"([{"id":"a"},{"id":"b"}])").status == 500);
    w.store.commits_fail = false;
    CHECK(w.ask("GET", "/devices").body == "[]");
}
