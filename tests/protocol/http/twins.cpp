#include "rest_world.hpp"

#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;

namespace {

struct twin_world : rest_world {
    twin_world() {
        add("/devices/d");
        add("/devices/d/modules/m");
        clock.advance(std::chrono::seconds(1));
    }
};

} // namespace

TEST_CASE("twins: a new one, for a device and a module") {
    twin_world w;
    const answer device = w.ask("GET", "/twins/d");
    CHECK(device.status == 200);
    CHECK(device.header("ETag").empty());
    const json d = device.document();
    CHECK(d["etag"] == "AAAAAAAAAAE=");
    CHECK(d["deviceEtag"] == w.ask("GET", "/devices/d").document()["etag"]);
    CHECK(d["version"] == 2);
    CHECK(d["properties"].dump() ==
          R"({"desired":{"$metadata":{"$lastUpdated":"2026-01-02T03:04:05Z"},"$version":1},)"
          R"("reported":{"$metadata":{"$lastUpdated":"2026-01-02T03:04:05Z"},"$version":1}})");
    CHECK(d["capabilities"].dump() == R"({"iotEdge":false})");

    const json m = w.ask("GET", "/twins/d/modules/m").document();
    CHECK(m["moduleId"] == "m");
    CHECK(m["deviceEtag"] == w.ask("GET", "/devices/d/modules/m").document()["etag"]);
    CHECK_FALSE(m.contains("capabilities"));
}

TEST_CASE("twins: accepted writes are counted") {
    twin_world w;
    w.ask("PATCH", "/twins/d", R"({"tags":{"a":1}})");
    w.ask("PUT", "/twins/d/modules/m", R"({"tags":{"a":1}})");
    w.ask("PATCH", "/twins/d", R"({"tags":5})");
    w.ask("GET", "/twins/d");
    CHECK(w.hub.count().twin_writes == 2);
}

TEST_CASE("twins: PATCH merges, stamps, counts") {
    twin_world w;
    const std::string path = GENERATE("/twins/d", "/twins/d/modules/m");
    const answer patched =
        w.ask("PATCH", path, R"({"tags":{"room":"a"},"properties":{"desired":{"t":{"min":1}}}})");
    CHECK(patched.status == 200);
    const json t = patched.document();
    CHECK(t["tags"].dump() == R"({"room":"a"})");
    CHECK(t["version"] == 3);
    CHECK(t["etag"] == "AAAAAAAAAAI=");
    CHECK(t["properties"]["desired"].dump() ==
          R"({"t":{"min":1},"$metadata":{"$lastUpdated":"2026-01-02T03:04:06Z",)"
          R"("$lastUpdatedVersion":2,"t":{"$lastUpdated":"2026-01-02T03:04:06Z",)"
          R"("$lastUpdatedVersion":2,"min":{"$lastUpdated":"2026-01-02T03:04:06Z",)"
          R"("$lastUpdatedVersion":2}}},"$version":2})");
    CHECK(t["properties"]["reported"]["$version"] == 1);

    const json again =
        w.ask("PATCH", path, R"({"properties":{"desired":{"t":{"min":null},"u":[1,2]}}})")
            .document();
    CHECK(again["properties"]["desired"]["t"].dump() == "{}");
    CHECK(again["properties"]["desired"]["u"].dump() == "[1,2]");
    CHECK(again["tags"].dump() == R"({"room":"a"})");
    CHECK(again["properties"]["desired"]["$version"] == 3);
    CHECK(w.ask("GET", path).document() == again);
}

TEST_CASE("twins: a whole document sent back changes only what may be written") {
    twin_world w;
    const std::string path = GENERATE("/twins/d", "/twins/d/modules/m");
    w.ask("PATCH", path, R"({"tags":{"a":1},"properties":{"desired":{"b":2}}})");
    json sent = w.ask("GET", path).document();
    sent["properties"]["desired"]["b"] = 3;
    sent["properties"]["reported"]["c"] = 4;
    sent["version"] = 99;
    sent["status"] = "disabled";
    const answer patched = w.ask("PATCH", path, sent.dump());
    CHECK(patched.status == 200);
    const json t = patched.document();
    CHECK(t["properties"]["desired"]["b"] == 3);
    CHECK_FALSE(t["properties"]["reported"].contains("c"));
    CHECK(t["version"] == 4);
    CHECK(t["status"] == "enabled");
}

TEST_CASE("twins: PUT replaces tags and desired properties, and goes on counting") {
    twin_world w;
    const std::string path = GENERATE("/twins/d", "/twins/d/modules/m");
    w.ask("PATCH", path, R"({"tags":{"a":1},"properties":{"desired":{"b":2}}})");
    const answer replaced = w.ask("PUT", path, R"({"properties":{"desired":{"c":3,"d":null}}})");
    CHECK(replaced.status == 200);
    const json t = replaced.document();
    CHECK_FALSE(t.contains("tags"));
    CHECK_FALSE(t["properties"]["desired"].contains("b"));
    CHECK_FALSE(t["properties"]["desired"].contains("d"));
    CHECK(t["properties"]["desired"]["c"] == 3);
    CHECK(t["properties"]["desired"]["$version"] == 3);
}

TEST_CASE("twins: numbers, empty keys and letters of any alphabet come back as they were sent") {
    twin_world w;
    const std::string tags =
        R"({"one":1,"real":1.0,"small":-4503599627370496,"":"empty","größe":"☃","list":[1,1.0,{}]})";
    const std::string method = GENERATE("PATCH", "PUT");
    CHECK(w.ask(method, "/twins/d", R"({"tags":)" + tags + "}").status == 200);
    CHECK(w.ask("GET", "/twins/d").body.find(R"("tags":)" + tags + ",") != std::string::npos);
}

TEST_CASE("twins: sections may be as large as they may, by either method") {
    twin_world w;
    const std::string method = GENERATE("PATCH", "PUT");
    const auto tags = [](std::size_t last) {
        return R"({"tags":{"a":")" + std::string(4096, 'x') + R"(","b":")" +
               std::string(last, 'x') + R"("}})";
    };
    CHECK(w.ask(method, "/twins/d", tags(4094)).status == 200); // with two keys, 8192
    const std::string before = w.ask("GET", "/twins/d").body;
    const answer refused = w.ask(method, "/twins/d", tags(4095));
    CHECK(refused.status == 400);
    CHECK(refused.code() == "ArgumentInvalid");
    CHECK(w.ask("GET", "/twins/d").body == before);
}

TEST_CASE("twins: what is reported shows, and leaves the etag alone") {
    twin_world w;
    CHECK(w.hub.twins().report({"d", "m"}, json{{"DateTimeLastAppLaunch", "now"}}, {}));
    const json t = w.ask("GET", "/twins/d/modules/m").document();
    CHECK(t["properties"]["reported"]["DateTimeLastAppLaunch"] == "now");
    CHECK(t["properties"]["reported"]["$version"] == 2);
    CHECK(t["etag"] == "AAAAAAAAAAE=");
    CHECK(t["version"] == 3);
}

TEST_CASE("twins: a missing device and a missing module are both DeviceNotFound") {
    twin_world w;
    const std::string path = GENERATE("/twins/x", "/twins/x/modules/m", "/twins/d/modules/x");
    const std::string method = GENERATE("GET", "PATCH", "PUT");
    const answer missing = w.ask(method, path, R"({"tags":{}})");
    CHECK(missing.status == 404);
    CHECK(missing.code() == "DeviceNotFound");
}

TEST_CASE("twins: what breaks a rule is refused, and the twin is as it was") {
    twin_world w;
    const std::string before = w.ask("GET", "/twins/d").body;
    const std::string body = GENERATE(
        as<std::string>{}, R"({"tags":{"a.b":1}})", R"({"tags":{"$a":1}})", R"({"tags":{"a b":1}})",
        R"({"tags":[1]})", R"({"properties":{"desired":"x"}})", R"({"properties":[]})",
        R"({"tags":{"a":[null]}})", R"({"tags":{"a":4503599627370496}})",
        R"({"tags":{"ok":1},"properties":{"desired":{"a":{"b":{"c":{"d":{"e":{"f":{"g":{"h":)"
        R"({"i":{"j":{"k":{"l":1}}}}}}}}}}}}}})",
        R"({"tags":{"a":")" + std::string(4097, 'x') + R"("}})",
        R"({"tags":{"a":")" + std::string(4096, 'x') + R"(","b":")" + std::string(4096, 'x') +
            R"("}})",
        "", "[]", "7", "{", R"({"tags":)" + std::string(100'000, '['));
    const answer refused = w.ask(GENERATE("PATCH", "PUT"), "/twins/d", body);
    INFO(body.substr(0, 60));
    CHECK(refused.status == 400);
    CHECK(refused.code() == "ArgumentInvalid");
    CHECK(w.ask("GET", "/twins/d").body == before);
    CHECK(w.log.mentions("400 ArgumentInvalid"));
}
