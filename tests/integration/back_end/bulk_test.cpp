// What the C++ client does to many identities at once, counts and whole twins, against the hub.

#include <nlohmann/json.hpp>

#include <string>

#include "integration/hub/hub_clients.hpp"
#include "support/catch.hpp"

using namespace iothub;

TEST_CASE("many devices are added, changed and removed at once") {
    emulator hub;
    auto registry = test::registry_of(hub);
    CHECK(registry.add_devices({{.device_id = "a"}, {.device_id = "b"}}).is_successful);
    CHECK(registry.get_device("b").authentication.symmetric_key.primary_key.size() == 44);

    auto a = registry.get_device("a");
    a.enabled = false;
    a.status_reason = "spare";
    CHECK(registry.update_devices({a}).is_successful);
    CHECK_FALSE(registry.get_device("a").enabled);
    CHECK(registry.get_device("a").status_reason == "spare");

    CHECK(registry.remove_devices({{.device_id = "a"}, {.device_id = "b"}}).is_successful);
    CHECK(registry.list_devices().empty());
}

TEST_CASE("what cannot be done does not keep the rest from being done") {
    emulator hub;
    auto registry = test::registry_of(hub);
    registry.add_device({.device_id = "old"});
    const auto added = registry.add_devices({{.device_id = "old"}, {.device_id = "new"}});
    CHECK_FALSE(added.is_successful);
    REQUIRE(added.errors.size() == 1);
    CHECK(added.errors[0].device_id == "old");
    CHECK(added.errors[0].error_code == "DeviceAlreadyExists");
    CHECK_FALSE(added.errors[0].error_status.empty());
    CHECK(registry.get_device("new").device_id == "new");

    const auto stale = registry.get_device("old");
    registry.update_device({.device_id = "old"});
    CHECK(registry.update_devices({stale}).errors.at(0).error_code == "PreconditionFailed");
    CHECK(registry.remove_devices({{.device_id = "nobody"}}).errors.at(0).error_code ==
          "DeviceNotFound");
}

TEST_CASE("modules are added, changed and removed at once") {
    emulator hub;
    auto registry = test::registry_of(hub);
    registry.add_device({.device_id = "d"});
    CHECK(registry
              .add_modules({{.device_id = "d", .module_id = "m", .managed_by = "me"},
                            {.device_id = "d", .module_id = "n"}})
              .is_successful);
    CHECK(registry.get_module("d", "m").managed_by == "me");
    CHECK(registry.update_modules({{.device_id = "d", .module_id = "m"}}).is_successful);
    CHECK(registry.get_module("d", "m").managed_by.empty());
    CHECK(registry.remove_modules({{.device_id = "d", .module_id = "m"}}).is_successful);
    CHECK(registry.list_modules("d").size() == 1);
}

TEST_CASE("twins of devices and modules are changed at once") {
    emulator hub;
    auto registry = test::registry_of(hub);
    registry.add_device({.device_id = "d"});
    registry.add_module({.device_id = "d", .module_id = "m"});
    const std::string etag = registry.get_twin("d").etag();
    std::vector<twin_update> updates{{.device_id = "d", .etag = etag},
                                     {.device_id = "d", .module_id = "m"}};
    updates[0].patch = json{{"tags", {{"floor", 1}}}};
    updates[1].patch = json{{"properties", {{"desired", {{"interval", 5}}}}}};
    CHECK(registry.update_twins({updates[0]}).is_successful);
    CHECK(registry.update_twins({updates[1]}).is_successful);
    CHECK(registry.get_twin("d").tags().at("floor") == 1);
    CHECK(registry.get_module_twin("d", "m").desired().at("interval") == 5);
    CHECK(registry.update_twins({updates[0]}).errors.at(0).error_code == "PreconditionFailed");
}

TEST_CASE("a device begins with its twin") {
    emulator hub;
    auto registry = test::registry_of(hub);
    CHECK(registry
              .add_device_with_twin(
                  {.device_id = "d"},
                  {{"tags", {{"floor", 1}}}, {"properties", {{"desired", {{"interval", 5}}}}}})
              .is_successful);
    const auto twin = registry.get_twin("d");
    CHECK(twin.tags().at("floor") == 1);
    CHECK(twin.desired().at("interval") == 5);
    CHECK(twin.desired_version() == 1);
    CHECK(twin.version() == 2);
}

TEST_CASE("none, too many, and one twice are refused as a whole") {
    emulator hub;
    auto registry = test::registry_of(hub);
    CHECK_THROWS_AS(registry.add_devices({}), argument_invalid);
    const std::vector<device_identity> many(101, device_identity{.device_id = "d"});
    CHECK_THROWS_AS(registry.add_devices(many), too_large);
    const auto twice = [&] { registry.add_devices({{.device_id = "d"}, {.device_id = "d"}}); };
    CHECK_THROWS_AS(twice(), argument_invalid);
    CHECK(registry.list_devices().empty());
}

TEST_CASE("attributes are kept as they are") {
    emulator hub;
    auto registry = test::registry_of(hub);
    device_identity device{.device_id = "d"};
    device.attributes = json{{"site", {{"name", "north"}}}};
    registry.add_device(device);
    CHECK(registry.get_device("d").attributes->dump() == R"({"site":{"name":"north"}})");
    registry.update_device({.device_id = "d"});
    CHECK(registry.get_device("d").attributes.is_null());
}

TEST_CASE("keys are made anew for those that exist") {
    emulator hub;
    auto registry = test::registry_of(hub);
    const auto before = registry.add_device({.device_id = "d"}).authentication.symmetric_key;
    const auto result = registry.regenerate_keys({{.device_id = "d"}, {.device_id = "nobody"}},
                                                 key_choice::primary);
    REQUIRE(result.keys.size() == 1);
    CHECK(result.keys[0].device_id == "d");
    CHECK(result.keys[0].primary_key != before.primary_key);
    CHECK(result.keys[0].secondary_key == before.secondary_key);
    CHECK(registry.get_device("d").authentication.symmetric_key.primary_key ==
          result.keys[0].primary_key);
    REQUIRE(result.errors.size() == 1);
    CHECK(result.errors[0].device_id == "nobody");
    CHECK(registry.regenerate_keys({{.device_id = "nobody"}}, key_choice::both).keys.empty());
}

TEST_CASE("devices are counted by state and by connection") {
    emulator hub;
    auto registry = test::registry_of(hub);
    registry.add_devices({{.device_id = "a"}, {.device_id = "b", .enabled = false}});
    auto device = test::connect_device(hub, "c");
    device.open();
    const auto counts = registry.get_registry_statistics();
    CHECK(counts.total == 3);
    CHECK(counts.enabled == 2);
    CHECK(counts.disabled == 1);
    CHECK(registry.get_service_statistics().connected == 1);
}

TEST_CASE("a queue is purged") {
    emulator hub;
    auto registry = test::registry_of(hub);
    registry.add_device({.device_id = "d"});
    hub.send_message("d", {.body = "one"});
    hub.send_message("d", {.body = "two"});
    CHECK(registry.get_device("d").cloud_to_device_message_count == 2);
    CHECK(registry.purge_message_queue("d") == 2);
    CHECK(registry.get_device("d").cloud_to_device_message_count == 0);
    CHECK_THROWS_AS(registry.purge_message_queue("nobody"), device_not_found);
}

TEST_CASE("a replaced twin has nothing of before") {
    emulator hub;
    auto registry = test::registry_of(hub);
    registry.add_device({.device_id = "d"});
    registry.add_module({.device_id = "d", .module_id = "m"});
    registry.update_twin("d", {{"tags", {{"a", 1}}}, {"properties", {{"desired", {{"b", 2}}}}}});
    const std::string etag = registry.get_twin("d").etag();
    const auto replaced = registry.replace_twin("d", {{"tags", {{"c", 3}}}}, etag);
    CHECK(replaced.tags().dump() == R"({"c":3})");
    CHECK_FALSE(replaced.desired().contains("b"));
    CHECK_THROWS_AS(registry.replace_twin("d", json::object(), etag), precondition_failed);
    CHECK(registry.replace_module_twin("d", "m", {{"properties", {{"desired", {{"b", 2}}}}}})
              .desired()
              .at("b") == 2);
    CHECK_THROWS_AS(registry.replace_module_twin("d", "nobody", json::object()), module_not_found);
}
