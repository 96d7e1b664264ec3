// Digital twins of the C++ client against the hub.

#include <nlohmann/json.hpp>

#include <string>

#include "integration/hub/hub_clients.hpp"
#include "support/catch.hpp"

using namespace iothub;

TEST_CASE("a digital twin shows its model, and takes patches of desired properties") {
    emulator hub;
    auto registry = test::registry_of(hub);
    registry.add_device({.device_id = "d"});
    client_options options = test::trusting(hub);
    options.model_id = "dtmi:com:example:Thermostat;1";
    auto device =
        device_client::create_from_connection_string(hub.device_connection_string("d"), options);
    device.open();
    const auto twins = registry.digital_twins();
    const auto twin = twins.get("d");
    CHECK(twin.document->at("$dtId") == "d");
    CHECK(twin.document->at("$metadata").at("$model") == "dtmi:com:example:Thermostat;1");
    CHECK(twin.etag == registry.get_twin("d").etag());

    const json patch = json::parse(R"([{"op":"add","path":"/target","value":21}])");
    const std::string etag = twins.update("d", patch, twin.etag);
    CHECK(etag == registry.get_twin("d").etag());
    CHECK(registry.get_twin("d").desired().at("target") == 21);
    CHECK_THROWS_AS(twins.update("d", patch, twin.etag), precondition_failed);
    CHECK_THROWS_AS(twins.update("d", json::parse(R"([{"op":"sing"}])")), argument_invalid);
    CHECK_THROWS_AS(twins.get("nobody"), device_not_found);
}

TEST_CASE("commands are methods, of the device and of its components") {
    emulator hub;
    auto registry = test::registry_of(hub);
    auto device = test::connect_device(hub, "d");
    device.on_method([](const method_request& request) -> method_response {
        return {207, {{"name", request.name()}, {"got", request.payload()}}};
    });
    const auto twins = registry.digital_twins();
    const auto root = twins.invoke_command("d", "reboot", 5);
    CHECK(root.status() == 207);
    CHECK(root.payload().dump() == R"({"name":"reboot","got":5})");
    CHECK(
        twins.invoke_component_command("d", "thermostat1", "reset", {{"to", 0}}).payload().dump() ==
        R"({"name":"thermostat1*reset","got":{"to":0}})");
    CHECK(twins.invoke_command("d", "reboot", nullptr).payload().at("got").is_null());
}

TEST_CASE("a command of a device that is not there, or not connected, tells why") {
    emulator hub;
    auto registry = test::registry_of(hub);
    registry.add_device({.device_id = "d"});
    const auto twins = registry.digital_twins();
    CHECK_THROWS_AS(twins.invoke_command("nobody", "x", nullptr), device_not_found);
    try {
        twins.invoke_command("d", "x", nullptr);
        FAIL("it was called");
    } catch (const not_found& error) {
        CHECK(error.code() == 404103);
    }
}
