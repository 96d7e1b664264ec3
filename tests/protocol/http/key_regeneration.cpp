#include "rest_world.hpp"

#include "common/sas_token.hpp"
#include "support/catch.hpp"
#include "support/recording_link.hpp"

// POST /devices/keys/regenerate (service API §1.5 BulkRegenerateDeviceKey; row R13).

using namespace iothub;
using namespace iothub::test;

namespace {

constexpr const char* path = "/devices/keys/regenerate";

json keys_of(rest_world& w, const std::string& identity) {
    return w.ask("GET", identity).document()["authentication"]["symmetricKey"];
}

} // namespace

TEST_CASE("key regeneration: one device, letter by letter") {
    rest_world w;
    w.add("/devices/d");
    const json before = keys_of(w, "/devices/d");
    const answer done = w.ask("POST", path, R"({"policyKey":"primaryKey","devices":[{"id":"d"}]})");
    CHECK(done.status == 200);
    const json after = keys_of(w, "/devices/d");
    CHECK(after["primaryKey"] != before["primaryKey"]);
    CHECK(after["secondaryKey"] == before["secondaryKey"]);
    CHECK(done.body == R"({"policyKey":"primaryKey","rotatedKeys":[{"id":"d","primaryKey":)" +
                           after["primaryKey"].dump() + R"(,"secondaryKey":)" +
                           after["secondaryKey"].dump() + R"(}],"errors":[]})");
    CHECK(done.header("iothub-errorcode").empty());
}

TEST_CASE("key regeneration: whichever key is asked for, in any case") {
    rest_world w;
    w.add("/devices/d");
    const json before = keys_of(w, "/devices/d");
    const auto [policy, name, primary, secondary] =
        GENERATE(table<std::string, std::string, bool, bool>({
            {"PrimaryKey", "primaryKey", true, false},
            {"secondaryKey", "secondaryKey", false, true},
            {"Both", "both", true, true},
        }));
    const answer done =
        w.ask("POST", path, R"({"policyKey":")" + policy + R"(","devices":[{"id":"d"}]})");
    CHECK(done.document()["policyKey"] == name);
    const json after = keys_of(w, "/devices/d");
    CHECK((after["primaryKey"] != before["primaryKey"]) == primary);
    CHECK((after["secondaryKey"] != before["secondaryKey"]) == secondary);
}

TEST_CASE("key regeneration: a module's, and the etag moves by one") {
    rest_world w;
    w.add("/devices/d");
    w.add("/devices/d/modules/m");
    const std::uint64_t before = w.hub.identities().get({"d", "m"})->etag;
    const json device_keys = keys_of(w, "/devices/d");
    const json done =
        w.ask("POST", path, R"({"policyKey":"both","devices":[{"id":"d","moduleId":"m"}]})")
            .document();
    CHECK(done["rotatedKeys"][0]["moduleId"] == "m");
    CHECK(done["rotatedKeys"][0]["primaryKey"] == keys_of(w, "/devices/d/modules/m")["primaryKey"]);
    CHECK(w.hub.identities().get({"d", "m"})->etag == before + 1);
    CHECK(keys_of(w, "/devices/d") == device_keys);
}

TEST_CASE("key regeneration: the old key opens nothing any more, who is connected stays") {
    rest_world w;
    recording_link link;
    w.add("/devices/d");
    const std::string old_key = keys_of(w, "/devices/d")["primaryKey"];
    w.hub.sessions().connect({"d", ""}, link);
    w.ask("POST", path, R"({"policyKey":"both","devices":[{"id":"d"}]})");
    CHECK(link.disconnects.empty());
    CHECK(w.ask("GET", "/devices/d").document()["connectionState"] == "Connected");
    const auto enter = [&](const std::string& key) {
        const auto token =
            make_sas_token("localhost/devices/d", key, w.clock.now() + std::chrono::hours(1));
        return w
            .ask("POST", "/devices/d/messages/events", "x",
                 "Authorization: " + token.value() + "\r\n")
            .status;
    };
    CHECK(enter(old_key) == 401);
    CHECK(enter(keys_of(w, "/devices/d")["secondaryKey"]) == 204);
}

TEST_CASE("key regeneration: some of them is 207, with what became of each") {
    rest_world w;
    w.add("/devices/d");
    w.ask("PUT", "/devices/c", R"({"authentication":{"type":"certificateAuthority"}})");
    const answer mixed = w.ask("POST", path, R"({"policyKey":"both","devices":[{"id":"d"},
        {"id":"x"},{"id":"d","moduleId":"m"},{"id":"c"}]})");
    CHECK(mixed.status == 207);
    CHECK(mixed.header("iothub-errorcode").empty());
    const json d = mixed.document();
    CHECK(d["rotatedKeys"].size() == 1);
    CHECK(d["errors"].dump() ==
          R"([{"id":"x","errorCode":"DeviceNotFound","errorStatus":"x"},)"
          R"({"id":"d","moduleId":"m","errorCode":"ModuleNotFound","errorStatus":"d/m"},)"
          R"({"id":"c","errorCode":"InvalidOperation","errorStatus":)"
          R"("The identity does not authenticate with keys."}])");
}

TEST_CASE("key regeneration: none of them is 400, with the same document") {
    rest_world w;
    const answer failed = w.ask("POST", path, R"({"policyKey":"both","devices":[{"id":"x"}]})");
    CHECK(failed.status == 400);
    CHECK(failed.code() == "BulkRegenerateDeviceKeyOperationFailure");
    CHECK(failed.body == R"({"policyKey":"both","rotatedKeys":[],"errors":[{"id":"x",)"
                         R"("errorCode":"DeviceNotFound","errorStatus":"x"}]})");
    CHECK(w.hub.count().failed_requests == 1);
}

TEST_CASE("key regeneration: what is refused as a whole") {
    rest_world w;
    w.add("/devices/d");
    const json before = keys_of(w, "/devices/d");
    json many{{"policyKey", "both"}, {"devices", json::array()}};
    for (int i = 0; i < 101; ++i) {
        many["devices"].push_back({{"id", "d" + std::to_string(i)}});
    }
    const auto [body, status, code] = GENERATE_COPY(table<std::string, int, std::string>({
        {"", 400, "ArgumentInvalid"},
        {"[]", 400, "ArgumentInvalid"},
        {"{}", 400, "InvalidPolicyKey"},
        {R"({"policyKey":"Unknown","devices":[{"id":"d"}]})", 400, "InvalidPolicyKey"},
        {R"({"policyKey":"","devices":[{"id":"d"}]})", 400, "InvalidPolicyKey"},
        {R"({"policyKey":7,"devices":[{"id":"d"}]})", 400, "InvalidPolicyKey"},
        {R"({"devices":[{"id":"d"}]})", 400, "InvalidPolicyKey"},
        {R"({"policyKey":"both"})", 400, "ArgumentInvalid"},
        {R"({"policyKey":"both","devices":null})", 400, "ArgumentInvalid"},
        {R"({"policyKey":"both","devices":{"id":"d"}})", 400, "ArgumentInvalid"},
        {R"({"policyKey":"both","devices":[]})", 400, "ArgumentInvalid"},
        {R"({"policyKey":"both","devices":[{"id":"d"},"e"]})", 400, "ArgumentInvalid"},
        {R"({"policyKey":"both","devices":[{"id":"d"},{}]})", 400, "ArgumentInvalid"},
        {R"({"policyKey":"both","devices":[{"id":"d"},{"id":1}]})", 400, "ArgumentInvalid"},
        {R"({"policyKey":"both","devices":[{"id":"d","moduleId":1}]})", 400, "ArgumentInvalid"},
        {R"({"policyKey":"both","devices":[{"id":"d"},{"id":"d"}]})", 400,
         "DeviceDefinedMultipleTimes"},
        {many.dump(), 413, "TooManyDevices"},
    }));
    INFO(body.substr(0, 100));
    const answer refused = w.ask("POST", path, body);
    CHECK(refused.status == status);
    CHECK(refused.code() == code);
    CHECK(keys_of(w, "/devices/d") == before);
}

TEST_CASE("key regeneration: whose policy may") {
    rest_world w;
    w.add("/devices/d");
    const auto [policy, status] = GENERATE(table<const char*, int>(
        {{"registryReadWrite", 200}, {"registryRead", 401}, {"service", 401}, {"device", 401}}));
    CHECK(w.ask("POST", path, R"({"policyKey":"both","devices":[{"id":"d"}]})",
                "Authorization: " + token_of(policy) + "\r\n")
              .status == status);
}
