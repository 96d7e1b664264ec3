#include "client/src/registry/bulk_documents.hpp"

#include "common/json.hpp"
#include "iothub/hub_error.hpp"
#include "support/catch.hpp"

using iothub::json;
using namespace iothub::client;

TEST_CASE("a device among many is its registry document under other names") {
    iothub::device_identity device{.device_id = "d", .enabled = false};
    device.attributes = json{{"site", json{{"a", 1}}}};
    CHECK(bulk_item(device, "create").dump() ==
          R"({"id":"d","importMode":"create","status":"disabled","authentication":{"type":"sas"},)"
          R"("capabilities":{"iotEdge":false},"attributes":{"site":{"a":1}}})");
}

TEST_CASE("an etag makes a change conditional, and a creation none") {
    iothub::device_identity device{.device_id = "d", .etag = "Mg=="};
    const auto beginning = [&](const char* mode) {
        const std::string text = bulk_item(device, mode).dump();
        return text.substr(0, text.find(R"(,"status")"));
    };
    CHECK(beginning("update") == R"({"id":"d","eTag":"Mg==","importMode":"updateIfMatchETag")");
    CHECK(beginning("delete") == R"({"id":"d","eTag":"Mg==","importMode":"deleteIfMatchETag")");
    CHECK(beginning("create") == R"({"id":"d","importMode":"create")");
    device.etag = "*";
    CHECK(beginning("update") == R"({"id":"d","importMode":"update")");
    device.etag = "";
    CHECK(beginning("delete") == R"({"id":"d","importMode":"delete")");
}

TEST_CASE("a module among many names its device") {
    iothub::module_identity identity{.device_id = "d", .module_id = "m", .managed_by = "me"};
    CHECK(bulk_item(identity, "update").dump() ==
          R"({"id":"d","importMode":"update","moduleId":"m","managedBy":"me",)"
          R"("authentication":{"type":"sas"},"status":"enabled"})");
}

TEST_CASE("a twin among many is changed by its sections, under its own etag") {
    iothub::twin_update update{.device_id = "d"};
    update.patch =
        json::parse(R"({"tags":{"a":null},"properties":{"desired":{"b":1}},"etag":"x"})");
    CHECK(bulk_item(update).dump() == R"({"id":"d","importMode":"updateTwin","tags":{"a":null},)"
                                      R"("properties":{"desired":{"b":1}}})");
    update.module_id = "m";
    update.etag = "AAA=";
    update.patch = json::object();
    CHECK(bulk_item(update).dump() ==
          R"({"id":"d","moduleId":"m","importMode":"updateTwinIfMatchETag","twinETag":"AAA="})");
    update.patch = json::array();
    CHECK_THROWS_AS(bulk_item(update), iothub::argument_invalid);
}

TEST_CASE("a result of a bulk operation tells what was not done") {
    const auto result = read_bulk_result(json::parse(
        R"({"isSuccessful":false,"errors":[{"deviceId":"d","moduleId":"m","errorCode":409301,)"
        R"("errorStatus":"there","operation":"create"},{"deviceId":"e","errorCode":)"
        R"("DeviceNotFound","errorStatus":null}],"warnings":[{"deviceId":"f","warningCode":)"
        R"("DeviceRegisteredWithoutTwin","warningStatus":"later"}]})"));
    CHECK_FALSE(result.is_successful);
    REQUIRE(result.errors.size() == 2);
    CHECK(result.errors[0].device_id == "d");
    CHECK(result.errors[0].module_id == "m");
    CHECK(result.errors[0].error_code == "409301");
    CHECK(result.errors[0].error_status == "there");
    CHECK(result.errors[1].module_id.empty());
    CHECK(result.errors[1].error_code == "DeviceNotFound");
    REQUIRE(result.warnings.size() == 1);
    CHECK(result.warnings[0].device_id == "f");
    CHECK(result.warnings[0].warning_code == "DeviceRegisteredWithoutTwin");
    CHECK(result.warnings[0].warning_status == "later");
}

TEST_CASE("a result without faults may lack their lists") {
    const auto text = GENERATE(as<std::string>{}, R"({"isSuccessful":true})",
                               R"({"isSuccessful":true,"errors":null,"warnings":[]})");
    const auto result = read_bulk_result(json::parse(text));
    CHECK(result.is_successful);
    CHECK(result.errors.empty());
    CHECK(result.warnings.empty());
}

TEST_CASE("what is no result of a bulk operation is a protocol error") {
    const auto text =
        GENERATE(as<std::string>{}, "null", "[]", "{}", R"({"isSuccessful":"yes"})",
                 R"({"isSuccessful":true,"errors":{}})", R"({"isSuccessful":true,"warnings":7})",
                 R"({"isSuccessful":false,"errors":[7]})",
                 R"({"isSuccessful":false,"errors":[{"deviceId":7}]})",
                 R"({"isSuccessful":false,"errors":[{"errorCode":[]}]})");
    CHECK_THROWS_AS(read_bulk_result(json::parse(text)), iothub::protocol_error);
}

TEST_CASE("keys are made anew by the names of identities") {
    using iothub::key_choice;
    const std::vector<iothub::identity_name> both{{.device_id = "d"},
                                                  {.device_id = "d", .module_id = "m"}};
    CHECK(regeneration_document(both, key_choice::secondary).dump() ==
          R"({"policyKey":"secondaryKey","devices":[{"id":"d"},{"id":"d","moduleId":"m"}]})");
    CHECK(regeneration_document({}, key_choice::primary).dump() ==
          R"({"policyKey":"primaryKey","devices":[]})");
    CHECK(regeneration_document({}, key_choice::both).at("policyKey") == "both");
}

TEST_CASE("the new keys are told with what kept its own") {
    const auto result = read_key_regeneration(json::parse(
        R"({"policyKey":"both","rotatedKeys":[{"id":"d","moduleId":null,"primaryKey":"a",)"
        R"("secondaryKey":"b"}],"errors":[{"id":"e","moduleId":"m","errorCode":"DeviceNotFound",)"
        R"("errorStatus":"none"}]})"));
    REQUIRE(result.keys.size() == 1);
    CHECK(result.keys[0].device_id == "d");
    CHECK(result.keys[0].module_id.empty());
    CHECK(result.keys[0].primary_key == "a");
    CHECK(result.keys[0].secondary_key == "b");
    REQUIRE(result.errors.size() == 1);
    CHECK(result.errors[0].device_id == "e");
    CHECK(result.errors[0].module_id == "m");
    CHECK(result.errors[0].error_code == "DeviceNotFound");
}

TEST_CASE("what is no result of a key regeneration is a protocol error") {
    const auto text =
        GENERATE(as<std::string>{}, "null", "{}", R"({"rotatedKeys":7})",
                 R"({"rotatedKeys":[{"primaryKey":1}]})", R"({"rotatedKeys":[],"errors":"x"})");
    CHECK_THROWS_AS(read_key_regeneration(json::parse(text)), iothub::protocol_error);
}
