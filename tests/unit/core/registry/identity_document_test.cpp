#include "emulator/core/registry/identity_document.hpp"

#include "support/catch.hpp"

#include "common/json.hpp"
#include "common/json_text.hpp"

using namespace iothub;
using namespace iothub::core;

namespace {

core::identity make_device() {
    core::identity d;
    d.key = {"d", ""};
    d.generation_id = "637345907161634714";
    d.etag = 241791198;
    d.authentication.primary_key = "cHJpbWFyeQ==";
    d.authentication.secondary_key = "c2Vjb25kYXJ5";
    return d;
}

} // namespace

TEST_CASE("device document: a new device, letter by letter") {
    CHECK(to_text(identity_document(make_device(), moment::creation)) ==
          R"({"deviceId":"d","generationId":"637345907161634714","etag":"MjQxNzkxMTk4",)"
          R"("connectionState":"Disconnected","status":"enabled","statusReason":null,)"
          R"("connectionStateUpdatedTime":"0001-01-01T00:00:00",)"
          R"("statusUpdatedTime":"0001-01-01T00:00:00","lastActivityTime":"0001-01-01T00:00:00",)"
          R"("cloudToDeviceMessageCount":0,"authentication":{"symmetricKey":)"
          R"({"primaryKey":"cHJpbWFyeQ==","secondaryKey":"c2Vjb25kYXJ5"},"x509Thumbprint":)"
          R"({"primaryThumbprint":null,"secondaryThumbprint":null},"type":"sas"},)"
          R"("capabilities":{"iotEdge":false},"parentScopes":[]})");
}

TEST_CASE("device document: later it shows times with their zone, and what was set") {
    core::identity d = make_device();
    d.enabled = false;
    d.connected = true;
    d.status_reason = "broken";
    d.status_updated = *parse_iso_8601("2020-09-01T20:58:36.2046728Z");
    d.iot_edge = true;
    d.device_scope = "ms-azure-iot-edge://d-1";
    d.parent_scopes = {"ms-azure-iot-edge://p-1"};
    const json shown = identity_document(d, moment::later);
    CHECK(shown["lastActivityTime"] == "0001-01-01T00:00:00Z");
    CHECK(shown["statusUpdatedTime"] == "2020-09-01T20:58:36.2046728Z");
    CHECK(shown["connectionState"] == "Connected");
    CHECK(shown["status"] == "disabled");
    CHECK(shown["statusReason"] == "broken");
    CHECK(shown["capabilities"]["iotEdge"] == true);
    CHECK(shown["deviceScope"] == "ms-azure-iot-edge://d-1");
    CHECK(shown["parentScopes"] == json::array({"ms-azure-iot-edge://p-1"}));
}

TEST_CASE("device document: a certificate's device has no keys, and type is last") {
    core::identity d = make_device();
    d.authentication = {core::authentication_type::self_signed, "", "", std::string(40, 'A'), {}};
    CHECK(to_text(identity_document(d, moment::later)["authentication"]) ==
          R"({"symmetricKey":{"primaryKey":null,"secondaryKey":null},"x509Thumbprint":)"
          R"({"primaryThumbprint":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",)"
          R"("secondaryThumbprint":null},"type":"selfSigned"})");
}

TEST_CASE("module document: letter by letter") {
    core::identity m = make_device();
    m.key.module_id = "m";
    CHECK(to_text(identity_document(m, moment::later)) ==
          R"({"moduleId":"m","managedBy":null,"deviceId":"d",)"
          R"("generationId":"637345907161634714","etag":"MjQxNzkxMTk4",)"
          R"("connectionState":"Disconnected","connectionStateUpdatedTime":)"
          R"("0001-01-01T00:00:00Z","lastActivityTime":"0001-01-01T00:00:00Z",)"
          R"("cloudToDeviceMessageCount":0,"authentication":{"symmetricKey":)"
          R"({"primaryKey":"cHJpbWFyeQ==","secondaryKey":"c2Vjb25kYXJ5"},"x509Thumbprint":)"
          R"({"primaryThumbprint":null,"secondaryThumbprint":null},"type":"sas"}})");
}

TEST_CASE("module document: creation shows bare times, and managedBy is kept") {
    core::identity m = make_device();
    m.key.module_id = "m";
    m.managed_by = "iotEdge";
    const json shown = identity_document(m, moment::creation);
    CHECK(shown["connectionStateUpdatedTime"] == "0001-01-01T00:00:00");
    CHECK(shown["managedBy"] == "iotEdge");
}
