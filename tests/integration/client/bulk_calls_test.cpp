// What is done to many identities at once, to whole twins, and counts, through a stub.

#include <nlohmann/json.hpp>

#include "integration/client/stub_registry.hpp"
#include "support/catch.hpp"

using namespace iothub::test;
using iothub::json;
using iothub::registry_client;

namespace {

const std::string done = http("200 OK", R"({"isSuccessful":true,"errors":[],"warnings":[]})");
const std::string partly =
    http("400 Bad Request",
         R"({"isSuccessful":false,"errors":[{"deviceId":"d","errorCode":"DeviceAlreadyExists"}]})",
         "iothub-errorcode: BulkRegistryOperationFailure\r\n");

// The import modes of the items of a request.
std::string modes_of(const seen_request& seen) {
    std::string modes;
    for (const json& item : json::parse(seen.body)) {
        modes +=
            item.at("id").get<std::string>() + ":" + item.at("importMode").get<std::string>() + " ";
    }
    return modes;
}

} // namespace

TEST_CASE("identities are posted together, each with what is to be done") {
    const std::vector<iothub::device_identity> devices{{.device_id = "a"},
                                                       {.device_id = "b", .etag = "Mg=="}};
    const std::vector<iothub::module_identity> modules{{.device_id = "d", .module_id = "m"}};
    const auto modes = [](const std::function<void(registry_client&)>& call) {
        const auto seen = request_of(done, call);
        CHECK(seen.line == "POST /devices");
        return modes_of(seen);
    };
    CHECK(modes([&](auto& r) { CHECK(r.add_devices(devices).is_successful); }) ==
          "a:create b:create ");
    CHECK(modes([&](auto& r) { r.update_devices(devices); }) == "a:update b:updateIfMatchETag ");
    CHECK(modes([&](auto& r) { r.remove_devices(devices); }) == "a:delete b:deleteIfMatchETag ");
    CHECK(modes([&](auto& r) { r.add_modules(modules); }) == "d:create ");
    CHECK(modes([&](auto& r) { r.update_modules(modules); }) == "d:update ");
    CHECK(modes([&](auto& r) { r.remove_modules(modules); }) == "d:delete ");
    CHECK(modes([&](auto& r) {
              r.update_twins({{.device_id = "d", .patch = json{{"tags", json::object()}}}});
          }) == "d:updateTwin ");
}

TEST_CASE("a device can be added with the beginning of its twin") {
    const auto seen = request_of(done, [](registry_client& registry) {
        registry.add_device_with_twin(
            {.device_id = "d"}, {{"tags", {{"a", 1}}}, {"properties", {{"desired", {{"b", 2}}}}}});
    });
    const json item = json::parse(seen.body).at(0);
    CHECK(item.at("importMode") == "create");
    CHECK(item.at("authentication").dump() == R"({"type":"sas"})");
    CHECK(item.at("tags").dump() == R"({"a":1})");
    CHECK(item.at("properties").dump() == R"({"desired":{"b":2}})");
}

TEST_CASE("a refusal with a result is a result, and one without is thrown") {
    request_of(partly, [](registry_client& registry) {
        const auto result = registry.add_devices({{.device_id = "d"}});
        CHECK_FALSE(result.is_successful);
        CHECK(result.errors.at(0).error_code == "DeviceAlreadyExists");
    });
    request_of(http("400 Bad Request", R"({"Message":"ErrorCode:ArgumentInvalid;empty"})"),
               [](registry_client& registry) {
                   CHECK_THROWS_AS(registry.add_devices({}), iothub::argument_invalid);
               });
    request_of(http("413 Too Large", R"({"Message":"ErrorCode:TooManyDevices;101"})"),
               [](registry_client& registry) {
                   CHECK_THROWS_AS(registry.add_devices({}), iothub::too_large);
               });
    request_of(http("400 Bad Request", "not JSON"), [](registry_client& registry) {
        CHECK_THROWS_AS(registry.update_twins({}), iothub::argument_invalid);
    });
}

TEST_CASE("keys made anew are told whether all were, some, or none") {
    const auto status =
        GENERATE(as<std::string>{}, "200 OK", "207 Multi-Status", "400 Bad Request");
    const auto seen = request_of(
        http(status, R"({"policyKey":"primaryKey","rotatedKeys":[],"errors":[{"id":"d"}]})"),
        [](registry_client& registry) {
            const auto result =
                registry.regenerate_keys({{.device_id = "d"}}, iothub::key_choice::primary);
            CHECK(result.keys.empty());
            CHECK(result.errors.at(0).device_id == "d");
        });
    CHECK(seen.line == "POST /devices/keys/regenerate");
    CHECK(seen.body == R"({"policyKey":"primaryKey","devices":[{"id":"d"}]})");
}

TEST_CASE("identities, connections and purged messages are counted") {
    auto seen = request_of(
        http("200 OK", R"({"totalDeviceCount":3,"enabledDeviceCount":2,"disabledDeviceCount":1})"),
        [](registry_client& registry) {
            const auto counts = registry.get_registry_statistics();
            CHECK(counts.total == 3);
            CHECK(counts.enabled == 2);
            CHECK(counts.disabled == 1);
        });
    CHECK(seen.line == "GET /statistics/devices");
    seen =
        request_of(http("200 OK", R"({"connectedDeviceCount":4})"), [](registry_client& registry) {
            CHECK(registry.get_service_statistics().connected == 4);
        });
    CHECK(seen.line == "GET /statistics/service");
    seen = request_of(
        http("200 OK", R"({"deviceId":"d","moduleId":null,"totalMessagesPurged":5})"),
        [](registry_client& registry) { CHECK(registry.purge_message_queue("d") == 5); });
    CHECK(seen.line == "DELETE /devices/d/commands");
}

TEST_CASE("counts that are none are protocol errors") {
    const auto body = GENERATE(as<std::string>{}, "{}", "[]", R"({"connectedDeviceCount":"4"})");
    request_of(http("200 OK", body), [](registry_client& registry) {
        CHECK_THROWS_AS(registry.get_service_statistics(), iothub::protocol_error);
    });
}

TEST_CASE("a twin is replaced by what is put") {
    auto seen = request_of(http("200 OK", R"({"deviceId":"d"})"), [](registry_client& registry) {
        CHECK(registry.replace_twin("d", {{"tags", {{"a", 1}}}}).device_id() == "d");
    });
    CHECK(seen.line == "PUT /twins/d");
    CHECK(seen.body == R"({"tags":{"a":1}})");
    CHECK_THAT(seen.head, Catch::Contains("\r\nIf-Match: \"*\"\r\n"));
    seen = request_of(http("404 Not Found", R"({"Message":"ErrorCode:DeviceNotFound;d"})"),
                      [](registry_client& registry) {
                          CHECK_THROWS_AS(
                              registry.replace_module_twin("d", "m", json::object(), "AA="),
                              iothub::module_not_found);
                      });
    CHECK(seen.line == "PUT /twins/d/modules/m");
    CHECK_THAT(seen.head, Catch::Contains("\r\nIf-Match: \"AA=\"\r\n"));
}
