#include "client/src/registry/identity_documents.hpp"

#include "common/json.hpp"
#include "iothub/hub_error.hpp"
#include "support/catch.hpp"

using iothub::authentication_type;
using iothub::json;
using namespace iothub::client;

TEST_CASE("a new device is sent without keys, for the hub to make") {
    CHECK(to_document(iothub::device_identity{.device_id = "d"}).dump() ==
          R"({"deviceId":"d","status":"enabled","authentication":{"type":"sas"},)"
          R"("capabilities":{"iotEdge":false}})");
}

TEST_CASE("everything that may be written is sent") {
    iothub::device_identity device{.device_id = "d", .etag = "Mg==", .enabled = false};
    device.status_reason = "why";
    device.authentication.symmetric_key = {"a2V5MQ==", "a2V5Mg=="};
    device.iot_edge = true;
    device.device_scope = "scope";
    device.parent_scopes = {"parent"};
    CHECK(to_document(device).dump() ==
          R"({"deviceId":"d","etag":"Mg==","status":"disabled","statusReason":"why",)"
          R"("authentication":{"symmetricKey":{"primaryKey":"a2V5MQ==","secondaryKey":"a2V5Mg=="},)"
          R"("type":"sas"},"capabilities":{"iotEdge":true},"deviceScope":"scope",)"
          R"("parentScopes":["parent"]})");
}

TEST_CASE("thumbprints are sent for self-signed certificates only") {
    iothub::module_identity identity{.device_id = "d", .module_id = "m", .managed_by = "me"};
    identity.authentication.x509_thumbprint = {"AA", "BB"};
    CHECK_FALSE(to_document(identity).at("authentication").contains("x509Thumbprint"));
    identity.authentication.type = authentication_type::self_signed;
    CHECK(to_document(identity).dump() ==
          R"({"moduleId":"m","managedBy":"me","deviceId":"d","authentication":)"
          R"({"x509Thumbprint":{"primaryThumbprint":"AA","secondaryThumbprint":"BB"},)"
          R"("type":"selfSigned"}})");
}

TEST_CASE("a device is read as the hub writes it") {
    const auto device = read_device(json::parse(
        R"({"deviceId":"d","generationId":"637","etag":"Mg==","connectionState":"Connected",)"
        R"("status":"disabled","statusReason":null,"connectionStateUpdatedTime":)"
        R"("2020-07-28T22:17:23.785061Z","statusUpdatedTime":"0001-01-01T00:00:00",)"
        R"("lastActivityTime":"0001-01-01T00:00:00Z","cloudToDeviceMessageCount":3,)"
        R"("authentication":{"symmetricKey":{"primaryKey":null,"secondaryKey":null},)"
        R"("x509Thumbprint":{"primaryThumbprint":"AA","secondaryThumbprint":null},)"
        R"("type":"selfSigned"},"capabilities":{"iotEdge":true},"parentScopes":["p"],"new":1})"));
    CHECK(device.device_id == "d");
    CHECK(device.generation_id == "637");
    CHECK(device.etag == "Mg==");
    CHECK(device.connected);
    CHECK_FALSE(device.enabled);
    CHECK(device.status_reason.empty());
    CHECK(device.connection_state_updated_time ==
          iothub::hub_time(std::chrono::microseconds(1'595'974'643'785'061)));
    CHECK_FALSE(device.status_updated_time);
    CHECK_FALSE(device.last_activity_time);
    CHECK(device.cloud_to_device_message_count == 3);
    CHECK(device.authentication.type == authentication_type::self_signed);
    CHECK(device.authentication.x509_thumbprint.primary_thumbprint == "AA");
    CHECK(device.authentication.symmetric_key.primary_key.empty());
    CHECK(device.iot_edge);
    CHECK(device.parent_scopes == std::vector<std::string>{"p"});
}

TEST_CASE("attributes are the application's own object") {
    iothub::device_identity device{.device_id = "d"};
    device.attributes = json::parse(R"({"b":{"x":1},"a":{}})");
    CHECK(to_document(device).at("attributes").dump() == R"({"b":{"x":1},"a":{}})");
    const auto read = read_device(to_document(device));
    CHECK(read.attributes->dump() == R"({"b":{"x":1},"a":{}})");
    CHECK(read_device(json::parse(R"({"deviceId":"d"})")).attributes.is_null());
}

TEST_CASE("a module is read as the hub writes it") {
    const auto identity = read_module(
        json::parse(R"({"moduleId":"m","managedBy":null,"deviceId":"d","etag":"Mg==",)"
                    R"("authentication":{"symmetricKey":{"primaryKey":"a","secondaryKey":"b"},)"
                    R"("x509Thumbprint":{},"type":"sas"}})"));
    CHECK(identity.module_id == "m");
    CHECK(identity.device_id == "d");
    CHECK(identity.managed_by.empty());
    CHECK(identity.authentication.symmetric_key.secondary_key == "b");
}

TEST_CASE("what is no identity is a protocol error") {
    const auto text =
        GENERATE(as<std::string>{}, "null", "[]", "{}", R"({"deviceId":7})",
                 R"({"deviceId":"d","etag":7})", R"({"deviceId":"d","parentScopes":{}})");
    CHECK_THROWS_AS(read_device(json::parse(text)), iothub::protocol_error);
    CHECK_THROWS_AS(read_module(json::parse(text)), iothub::protocol_error);
}
