#include "rest_world.hpp"

#include "support/catch.hpp"

// Addresses as SDKs write them: cases, slashes, encodings, versions, overrides (service API §1.1,
// traps 3 and 15).

using namespace iothub;
using namespace iothub::test;

namespace {

answer send(rest_world& w, const std::string& line, const std::string& fields = {},
            const std::string& body = {}) {
    const auto answers = read_answers(w.exchange(
        line + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + token_of("iothubowner") +
        "\r\n" + fields + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body));
    REQUIRE(answers.size() == 1);
    return answers.front();
}

} // namespace

TEST_CASE("addresses: literals match in any case, ids do not") {
    rest_world w;
    w.add("/devices/Dev");
    w.add("/devices/Dev/modules/Mod");
    const std::string path = GENERATE("/Devices/Dev", "/DEVICES/Dev/Modules/Mod", "/Twins/Dev",
                                      "/twins/Dev/MODULES/Mod", "/Devices/", "/Statistics/Devices");
    CHECK(w.ask("GET", path).status == 200);
    CHECK(w.ask("GET", "/devices/dev").status == 404);
    CHECK(w.ask("GET", "/devices/Dev/modules/mod").status == 404);
}

TEST_CASE("addresses: one slash at the end counts for nothing, two do") {
    rest_world w;
    w.add("/devices/d");
    w.add("/devices/d/modules/m");
    const std::string path =
        GENERATE("/devices", "/devices/d", "/devices/d/modules", "/devices/d/modules/m", "/twins/d",
                 "/twins/d/modules/m", "/statistics/devices", "/statistics/service");
    CHECK(w.ask("GET", path + "/").status == 200);
    CHECK(w.ask("GET", path + "//").status == 404);
}

TEST_CASE("addresses: ids with a plus, a dollar and a percent, raw and encoded") {
    rest_world w;
    const auto [raw, encoded] = GENERATE(table<std::string, std::string>({
        {"a+b", "a%2Bb"},
        {"$d", "%24d"},
        {"a:b", "a%3Ab"},
        {"a@b", "a%40b"},
        {"a'b", "a%27b"},
    }));
    w.add("/devices/" + raw);
    CHECK(w.ask("GET", "/devices/" + encoded).document()["deviceId"] == raw);
    CHECK(w.ask("GET", "/twins/" + encoded).document()["deviceId"] == raw);
    CHECK(w.ask("PUT", "/devices/" + encoded, "{}").status == 409);
    CHECK(w.ask("GET", "/devices/a%252Bb").status == 404); // decoded once
}

TEST_CASE("addresses: the version may come first or last, its name in any case") {
    rest_world w;
    w.add("/devices/d");
    const std::string query =
        GENERATE("?api-version=2021-04-12&top=1", "?top=1&api-version=2021-04-12",
                 "?top=1&API-Version=2021-04-12", "?x=&&api-version=2021-04-12&");
    CHECK(send(w, "GET /devices" + query).status == 200);
}

TEST_CASE("addresses: versions from the first one to those to come") {
    rest_world w;
    w.add("/devices/d");
    const std::string version = GENERATE("2016-11-14", "2017-11-08-preview", "2018-06-30",
                                         "2019-10-01", "2020-05-31-preview", "2021-04-12",
                                         "2024-03-31", "2026-12-31", "2031-01-01-preview");
    CHECK(send(w, "GET /devices/d?api-version=" + version).status == 200);
}

TEST_CASE("addresses: what is no version is refused, before anything is done") {
    rest_world w;
    const std::string version =
        GENERATE("2016-11-13", "2015-01-01", "2021-13-01", "2021-02-29", "2021-4-12", "20210412",
                 "2021-04-12-beta", "-preview", "latest", "2021-04-12%20", "");
    INFO(version);
    const answer refused = send(w, "PUT /devices/d?api-version=" + version, {}, "{}");
    CHECK(refused.status == 400);
    CHECK(refused.code() == "InvalidProtocolVersion");
    CHECK(w.ask("GET", "/devices").body == "[]");
}

TEST_CASE("addresses: POST may mean PATCH, and nothing else") {
    rest_world w;
    w.add("/devices/d");
    w.add("/devices/d/modules/m");
    const std::string path = GENERATE("/twins/d", "/twins/d/modules/m");
    const auto post = [&](const std::string& header) {
        return w.ask("POST", path, R"({"tags":{"a":1}})", header);
    };
    CHECK(post(GENERATE("X-HTTP-Method-Override: PATCH\r\n", "x-http-method-override: PATCH\r\n",
                        "X-HTTP-Method-Override: patch\r\n"))
              .document()["tags"]["a"] == 1);
    CHECK(post("X-HTTP-Method-Override: PUT\r\n").status == 405);
    CHECK(w.ask("POST", "/devices/d", {}, "X-HTTP-Method-Override: DELETE\r\nIf-Match: *\r\n")
              .status == 405);
    CHECK(w.ask("GET", path, {}, "X-HTTP-Method-Override: PATCH\r\n").status == 200);
}

TEST_CASE("addresses: a disabled or missing device's modules are told of as they are") {
    rest_world w;
    w.ask("PUT", "/devices/d", R"({"status":"disabled"})");
    w.add("/devices/d/modules/m");
    CHECK(w.ask("GET", "/devices/d/modules/m").status == 200);
    CHECK(w.ask("GET", "/devices/d/modules").status == 200);
    CHECK(w.ask("PUT", "/devices/d/modules/m", "{}", "If-Match: *\r\n").status == 200);
    CHECK(w.ask("GET", "/twins/d/modules/m").status == 200);
    CHECK(w.ask("DELETE", "/devices/d/modules/m", {}, "If-Match: *\r\n").status == 204);
    for (const char* method : {"GET", "PUT", "DELETE"}) {
        const answer missing = w.ask(method, "/devices/x/modules/m", "{}",
                                     method == std::string("DELETE") ? "If-Match: *\r\n" : "");
        CHECK(missing.status == 404);
        CHECK(missing.code() == "DeviceNotFound");
    }
}
