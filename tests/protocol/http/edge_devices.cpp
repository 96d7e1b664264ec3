#include "rest_world.hpp"

#include "support/catch.hpp"

// IoT Edge devices over REST (service API §2.3, §2.4; row R12). The rules, one by one, are in
// tests/unit/core/registry.

using namespace iothub;
using namespace iothub::test;

namespace {

constexpr const char* star = "If-Match: *\r\n";

json create_edge(rest_world& w, const std::string& id) {
    const answer made =
        w.ask("PUT", "/devices/" + id, R"({"capabilities":{"iotEdge":true},"deviceScope":null})");
    REQUIRE(made.status == 200);
    return made.document();
}

} // namespace

TEST_CASE("Edge: a new device says its scope between capabilities and parents") {
    rest_world w;
    const answer made = w.ask("PUT", "/devices/e", R"({"capabilities":{"iotEdge":true}})");
    const json d = made.document();
    const std::string ending =
        R"("capabilities":{"iotEdge":true},"deviceScope":"ms-azure-iot-edge://e-)" +
        d["generationId"].get<std::string>() + R"(","parentScopes":[]})";
    CHECK(made.body.ends_with(ending));
    CHECK(w.ask("GET", "/twins/e")
              .body.ends_with(R"("capabilities":{"iotEdge":true},"deviceScope":)" +
                              d["deviceScope"].dump() + "}"));
}

TEST_CASE("Edge: its system modules are listed, found and have twins") {
    rest_world w;
    create_edge(w, "e");
    const json list = w.ask("GET", "/devices/e/modules").document();
    REQUIRE(list.size() == 2);
    CHECK(list[0]["moduleId"] == "$edgeAgent");
    CHECK(list[1]["moduleId"] == "$edgeHub");
    const std::string id = GENERATE("$edgeAgent", "%24edgeAgent");
    const answer agent = w.ask("GET", "/devices/e/modules/" + id);
    CHECK(agent.status == 200);
    CHECK(agent.body.starts_with(
        R"({"moduleId":"$edgeAgent","managedBy":"iotEdge","deviceId":"e",)"));
    CHECK(agent.document()["authentication"].dump() ==
          R"({"symmetricKey":{"primaryKey":null,"secondaryKey":null},"x509Thumbprint":)"
          R"({"primaryThumbprint":null,"secondaryThumbprint":null},"type":"none"})");
    const answer patched = w.ask("PATCH", "/twins/e/modules/" + id,
                                 R"({"properties":{"desired":{"schemaVersion":"1.1"}}})");
    CHECK(patched.status == 200);
    CHECK(patched.document()["properties"]["desired"]["$version"] == 2);
    CHECK(patched.document()["authenticationType"] == "none");
}

TEST_CASE("Edge: system modules are neither written nor removed") {
    rest_world w;
    create_edge(w, "e");
    const answer put =
        w.ask("PUT", "/devices/e/modules/$edgeHub", "{}", GENERATE(as<std::string>{}, "", star));
    CHECK(put.status == 400);
    CHECK(put.code() == "ArgumentInvalid");
    const answer removed = w.ask("DELETE", "/devices/e/modules/$edgeHub", {}, star);
    CHECK(removed.status == 401);
    CHECK(removed.code() == "SystemModuleModifyUnauthorizedAccess");
    CHECK(w.ask("GET", "/devices/e/modules/$edgeHub").status == 200);
}

TEST_CASE("Edge: the capability goes both ways, and takes the system modules with it") {
    rest_world w;
    w.add("/devices/d");
    const answer on =
        w.ask("PUT", "/devices/d", R"({"capabilities":{"iotEdge":true},"deviceScope":""})", star);
    CHECK(on.status == 200);
    CHECK(on.document()["deviceScope"] == "ms-azure-iot-edge://d-");
    CHECK(w.ask("GET", "/devices/d/modules").document().size() == 2);
    json sent_back = on.document();
    sent_back["capabilities"]["iotEdge"] = false;
    const answer off = w.ask("PUT", "/devices/d", sent_back.dump(), star);
    CHECK(off.status == 200);
    CHECK_FALSE(off.document().contains("deviceScope"));
    CHECK(w.ask("GET", "/devices/d/modules").body == "[]");
    CHECK(w.ask("GET", "/twins/d/modules/$edgeAgent").status == 404);
}

TEST_CASE("Edge: an SDK that sends back what it got changes nothing of the place") {
    rest_world w;
    const json parent = create_edge(w, "p");
    const json leaf =
        w.ask("PUT", "/devices/l", json{{"deviceScope", parent["deviceScope"]}}.dump()).document();
    CHECK(leaf["parentScopes"] == json::array({parent["deviceScope"]}));
    const json child = w.ask("PUT", "/devices/c",
                             json{{"capabilities", {{"iotEdge", true}}},
                                  {"parentScopes", json::array({parent["deviceScope"]})}}
                                 .dump())
                           .document();
    for (const json& one : {leaf, child, parent}) {
        const std::string id = one["deviceId"];
        const json again = w.ask("PUT", "/devices/" + id, one.dump(), star).document();
        CHECK(again["deviceScope"] == one["deviceScope"]);
        CHECK(again["parentScopes"] == one["parentScopes"]);
        CHECK(w.ask("GET", "/twins/" + id).document()["deviceScope"] == one["deviceScope"]);
    }
    CHECK(w.ask("GET", "/twins/l").document()["parentScopes"] == leaf["parentScopes"]);
    CHECK_FALSE(w.ask("GET", "/twins/p").document().contains("parentScopes"));
}

TEST_CASE("Edge: places that cannot be are refused, and the device is as it was") {
    rest_world w;
    const std::string scope = create_edge(w, "e")["deviceScope"];
    w.ask("PUT", "/devices/l", json{{"deviceScope", scope}}.dump());
    const auto [path, body, code] = GENERATE_COPY(table<std::string, std::string, std::string>({
        {"/devices/e", R"({"capabilities":{"iotEdge":true}})", "ArgumentInvalid"},
        {"/devices/e", R"({"capabilities":{"iotEdge":true},"deviceScope":""})", "ArgumentInvalid"},
        {"/devices/e",
         R"({"capabilities":{"iotEdge":true},"deviceScope":")" + scope +
             R"(","parentScopes":["a","b"]})",
         "ArgumentInvalid"},
        {"/devices/e",
         R"({"capabilities":{"iotEdge":true},"deviceScope":")" + scope + R"(","parentScopes":[")" +
             scope + R"("]})",
         "InvalidDeviceScope"},
        {"/devices/l", R"({"deviceScope":"ms-azure-iot-edge://x-1"})", "InvalidDeviceScope"},
        {"/devices/l", R"({"capabilities":{"iotEdge":true},"deviceScope":")" + scope + R"("})",
         "ArgumentInvalid"},
        {"/devices/l", R"({"capabilities":{"iotEdge":"yes"}})", "ArgumentInvalid"},
    }));
    INFO(body);
    const std::string before = w.ask("GET", path).body;
    const answer refused = w.ask("PUT", path, body, star);
    CHECK(refused.status == 400);
    CHECK(refused.code() == code);
    CHECK(w.ask("GET", path).body == before);
}

TEST_CASE("Edge: nobody enters as a system module with an empty key") {
    rest_world w;
    create_edge(w, "e");
    CHECK(w.ask("POST", "/devices/e/modules/$edgeAgent/messages/events", "x",
                "Authorization: SharedAccessSignature sr=localhost%2Fdevices%2Fe%2Fmodules%2F"
                "%24edgeAgent&sig=AAAA&se=1893456000\r\n")
              .status == 401);
}
