// The module-twin how-to, step by step, as its two programs do it.

#include <nlohmann/json.hpp>

#include <string>

#include "integration/hub/hub_clients.hpp"
#include "support/catch.hpp"
#include "support/inbox.hpp"

using namespace iothub;

TEST_CASE("creating identities twice gives the same keys") {
    iothub::emulator hub;
    auto registry = test::registry_of(hub);
    const auto device = registry.add_device({.device_id = "myFirstDevice"});
    const auto module =
        registry.add_module({.device_id = "myFirstDevice", .module_id = "myFirstModule"});
    CHECK(device.authentication.symmetric_key.primary_key.size() == 44);
    CHECK(module.authentication.symmetric_key.primary_key.size() == 44);

    CHECK_THROWS_AS(registry.add_device({.device_id = "myFirstDevice"}),
                    iothub::device_already_exists);
    CHECK_THROWS_AS(
        registry.add_module({.device_id = "myFirstDevice", .module_id = "myFirstModule"}),
        iothub::module_already_exists);
    CHECK(registry.get_device("myFirstDevice").authentication.symmetric_key.primary_key ==
          device.authentication.symmetric_key.primary_key);
    CHECK(registry.get_module("myFirstDevice", "myFirstModule")
              .authentication.symmetric_key.primary_key ==
          module.authentication.symmetric_key.primary_key);
}

TEST_CASE("a module reads its twin, reports, and answers a desired change") {
    iothub::emulator hub;
    auto registry = test::registry_of(hub);
    test::inbox<std::string> statuses; // outlives the client whose callbacks fill it
    test::inbox<std::string> changes;
    auto module = test::connect_module(hub, "myFirstDevice", "myFirstModule");
    module.set_connection_status_changes_handler([&](auto status, auto reason) {
        statuses.put(std::string(to_string(status)) + "/" + std::string(to_string(reason)));
    });
    module.set_desired_property_update_callback([&](const json& patch) {
        module.update_reported_properties({{"answered", patch.at("$version")}});
        changes.put(patch.dump());
    });
    CHECK(statuses.take() == "Connected/Connection_Ok");

    const auto twin = module.get_twin();
    CHECK(twin.desired_version() == 1);
    CHECK(twin.reported_version() == 1);

    module.update_reported_properties({{"DateTimeLastAppLaunch", "2026-11-23T10:00:00"}});
    CHECK(registry.get_module_twin("myFirstDevice", "myFirstModule")
              .reported()
              .at("DateTimeLastAppLaunch") == "2026-11-23T10:00:00");

    registry.update_module_twin(
        "myFirstDevice", "myFirstModule",
        {{"properties", {{"desired", {{"interval", 5}, {"old", nullptr}}}}}});
    CHECK(changes.take() == R"({"interval":5,"old":null,"$version":2})");
    CHECK(registry.get_module_twin("myFirstDevice", "myFirstModule").reported().at("answered") ==
          2);

    module.send_event({.body = std::string("\0\1", 2), .properties = {{"a b", "c&d/é"}}});
    module.close();
    CHECK(statuses.take() == "Disconnected/Client_Close");
    CHECK_FALSE(registry.get_module("myFirstDevice", "myFirstModule").connected);
}

TEST_CASE("a stale etag changes nothing") {
    iothub::emulator hub;
    auto registry = test::registry_of(hub);
    registry.add_device({.device_id = "d"});
    const auto before = registry.get_twin("d");
    registry.update_twin("d", {{"tags", {{"floor", 1}}}}, before.etag());
    CHECK_THROWS_AS(registry.update_twin("d", {{"tags", {{"floor", 2}}}}, before.etag()),
                    iothub::precondition_failed);
    CHECK(registry.get_twin("d").tags().at("floor") == 1);

    auto device = registry.get_device("d");
    registry.update_device(device);
    CHECK_THROWS_AS(registry.update_device(device), iothub::precondition_failed);
}
