#include "rest_world.hpp"

#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;

TEST_CASE("identities: a new device's document, letter by letter, with every header") {
    rest_world w;
    const answer made = w.ask("PUT", "/devices/d", R"({"deviceId":"d"})");
    CHECK(made.status == 200);
    const json d = made.document();
    const std::string etag = d["etag"];
    const std::string primary = d["authentication"]["symmetricKey"]["primaryKey"];
    const std::string secondary = d["authentication"]["symmetricKey"]["secondaryKey"];
    CHECK(made.body ==
          R"({"deviceId":"d","generationId":"639029198450000000","etag":")" + etag +
              R"(","connectionState":"Disconnected","status":"enabled","statusReason":null,)"
              R"("connectionStateUpdatedTime":"0001-01-01T00:00:00","statusUpdatedTime":)"
              R"("0001-01-01T00:00:00","lastActivityTime":"0001-01-01T00:00:00",)"
              R"("cloudToDeviceMessageCount":0,"authentication":{"symmetricKey":{"primaryKey":")" +
              primary + R"(","secondaryKey":")" + secondary +
              R"("},"x509Thumbprint":{"primaryThumbprint":null,"secondaryThumbprint":null},)"
              R"("type":"sas"},"capabilities":{"iotEdge":false},"parentScopes":[]})");
    CHECK(primary.size() == 44);
    CHECK(secondary.size() == 44);
    CHECK(made.header("ETag") == '"' + etag + '"');
    CHECK(made.header("Content-Type") == "application/json; charset=utf-8");
    CHECK(made.header("Server") == "Microsoft-HTTPAPI/2.0");
    CHECK(made.header("Vary") == "Origin");
    CHECK(made.header("Date") == "Fri, 02 Jan 2026 03:04:05 GMT");
    CHECK(made.header("x-ms-request-id").size() == 36);
    CHECK(made.header("iothub-errorcode").empty());
    CHECK(made.header("Connection").empty());
}

TEST_CASE("identities: what was made can be read, with zones in its times") {
    rest_world w;
    const std::string etag = w.add("/devices/d");
    const answer found = w.ask("GET", "/devices/d");
    CHECK(found.status == 200);
    CHECK(found.header("ETag") == '"' + etag + '"');
    CHECK(found.document()["lastActivityTime"] == "0001-01-01T00:00:00Z");
}

TEST_CASE("identities: an update replaces everything, and keys that are not given are made anew") {
    rest_world w;
    const json before = w.ask("PUT", "/devices/d", R"({"statusReason":"new"})").document();
    w.clock.advance(std::chrono::seconds(1));
    const answer updated =
        w.ask("PUT", "/devices/d", R"({"status":"disabled"})", "If-Match: *\r\n");
    CHECK(updated.status == 200);
    const json after = updated.document();
    CHECK(after["status"] == "disabled");
    CHECK(after["statusReason"] == nullptr);
    CHECK(after["statusUpdatedTime"] == "2026-01-02T03:04:06Z");
    CHECK(after["lastActivityTime"] == "0001-01-01T00:00:00Z");
    CHECK(after["generationId"] == before["generationId"]);
    CHECK(after["etag"] != before["etag"]);
    CHECK(after["authentication"]["symmetricKey"] != before["authentication"]["symmetricKey"]);
}

TEST_CASE("identities: supplied keys and thumbprints come back as they were given") {
    rest_world w;
    const std::string keys = R"({"primaryKey":"MDEyMzQ1Njc4OWFiY2RlZg==",)"
                             R"("secondaryKey":"ZmVkY2JhOTg3NjU0MzIxMA=="})";
    const json sas =
        w.ask("PUT", "/devices/a", R"({"authentication":{"symmetricKey":)" + keys + "}}")
            .document()["authentication"];
    CHECK(sas["symmetricKey"].dump() == keys);
    const std::string thumbprint(40, 'b');
    const json x509 = w.ask("PUT", "/devices/b",
                            R"({"authentication":{"type":"selfSigned","x509Thumbprint":)"
                            R"({"primaryThumbprint":")" +
                                thumbprint + R"("}}})")
                          .document()["authentication"];
    CHECK(x509["type"] == "selfSigned");
    CHECK(x509["x509Thumbprint"]["primaryThumbprint"] == thumbprint);
    CHECK(x509["symmetricKey"]["primaryKey"] == nullptr);
    CHECK(w.ask("PUT", "/devices/c", R"({"authentication":{"type":"certificateAuthority"}})")
              .document()["authentication"]["type"] == "certificateAuthority");
}

TEST_CASE("identities: a device that exists is a conflict whose text Node can show") {
    rest_world w;
    w.add("/devices/d");
    const answer again = w.ask("PUT", "/devices/d", "{}");
    CHECK(again.status == 409);
    CHECK(again.code() == "DeviceAlreadyExists");
    CHECK(again.document()["Message"] ==
          "ErrorCode:DeviceAlreadyExists;A device with ID 'd' is already registered.");
    const std::string tracking = again.document()["ExceptionMessage"];
    std::string id = again.header("x-ms-request-id");
    std::erase(id, '-');
    CHECK(tracking == "Tracking ID:" + id + "-G:0-TimeStamp:01/02/2026 03:04:05");
}

TEST_CASE("identities: what is missing is named") {
    rest_world w;
    const answer device = w.ask("GET", "/devices/d");
    CHECK(device.status == 404);
    CHECK(device.code() == "DeviceNotFound");
    CHECK(device.document()["Message"] == "ErrorCode:DeviceNotFound;d");
    w.add("/devices/d");
    CHECK(w.ask("GET", "/devices/d/modules/m").code() == "ModuleNotFound");
    CHECK(w.ask("GET", "/devices/x/modules/m").code() == "DeviceNotFound");
    CHECK(w.ask("GET", "/devices/x/modules").code() == "DeviceNotFound");
    CHECK(w.ask("PUT", "/devices/x/modules/m", "{}").code() == "DeviceNotFound");
}

TEST_CASE("identities: modules are made, listed, and go with their device") {
    rest_world w;
    w.add("/devices/d");
    CHECK(w.ask("GET", "/devices/d/modules").body == "[]");
    const answer made =
        w.ask("PUT", "/devices/d/modules/m", R"({"moduleId":"m","deviceId":"d","managedBy":"me"})");
    CHECK(made.status == 200);
    CHECK(made.body.starts_with(R"({"moduleId":"m","managedBy":"me","deviceId":"d",)"));
    CHECK(made.document()["lastActivityTime"] == "0001-01-01T00:00:00");
    CHECK(w.ask("PUT", "/devices/d/modules/m", "{}").code() == "ModuleAlreadyExistsOnDevice");
    w.add("/devices/d/modules/n");
    const json list = w.ask("GET", "/devices/d/modules").document();
    REQUIRE(list.size() == 2);
    CHECK(list[0]["moduleId"] == "m");
    CHECK(list[1]["lastActivityTime"] == "0001-01-01T00:00:00Z");

    const answer gone = w.ask("DELETE", "/devices/d", {}, "If-Match: *\r\n");
    CHECK(gone.status == 204);
    CHECK(gone.header("Content-Length") == "0");
    CHECK(gone.header("Content-Type").empty());
    w.add("/devices/d");
    CHECK(w.ask("GET", "/devices/d/modules").body == "[]");
}

TEST_CASE("identities: the 51st module is one too many") {
    rest_world w;
    w.add("/devices/d");
    for (int i = 0; i < 50; ++i) {
        w.add("/devices/d/modules/m" + std::to_string(i));
    }
    const answer refused = w.ask("PUT", "/devices/d/modules/m50", "{}");
    CHECK(refused.status == 413);
    CHECK(refused.code() == "TooManyModulesOnDevice");
}

TEST_CASE("identities: devices are listed with their keys, at most as many as asked for") {
    rest_world w;
    CHECK(w.ask("GET", "/devices").body == "[]");
    for (const char* path : {"/devices/c", "/devices/a", "/devices/b"}) {
        w.add(path);
    }
    const json all = w.ask("GET", "/devices").document();
    REQUIRE(all.size() == 3);
    CHECK(all[0]["deviceId"] == "a");
    CHECK(all[2]["authentication"]["symmetricKey"]["primaryKey"].is_string());
    CHECK(w.ask("GET", "/devices?top=2").document().size() == 2);
    CHECK(w.ask("GET", "/devices/?top=1").document().size() == 1);
    CHECK(w.ask("GET", "/devices?top=0").document().size() == 3);
    CHECK(w.ask("GET", "/devices?top=-5").document().size() == 3);
    CHECK(w.ask("GET", "/devices?top=99999999999999999999").document().size() == 3);
    CHECK(w.ask("GET", "/devices?top=many").status == 400);
    CHECK(w.ask("GET", "/devices?top=").status == 400);
}
