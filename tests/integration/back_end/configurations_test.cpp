// Configurations of the C++ client against the hub.

#include <nlohmann/json.hpp>

#include <string>

#include "integration/hub/hub_clients.hpp"
#include "support/catch.hpp"
#include "support/inbox.hpp"

using namespace iothub;

namespace {

configuration setting(const std::string& id, int interval) {
    configuration wanted{.id = id};
    wanted.content = json{{"deviceContent", {{"properties.desired.interval", interval}}}};
    wanted.target_condition = "*";
    return wanted;
}

} // namespace

TEST_CASE("a configuration is added, asked for, changed, listed and removed") {
    emulator hub;
    const auto configurations = test::registry_of(hub).configurations();
    configuration wanted = setting("c1", 5);
    wanted.labels = {{"env", "test"}};
    wanted.priority = 3;
    wanted.metrics.queries = {{"all", "SELECT deviceId FROM devices"}};
    const auto added = configurations.add(wanted);
    CHECK(added.labels.at("env") == "test");
    CHECK(added.priority == 3);
    CHECK(added.metrics.queries.at("all") == "SELECT deviceId FROM devices");
    CHECK(added.content->dump() == wanted.content->dump());
    CHECK(added.system_metrics.queries.contains("targetedCount"));
    CHECK(added.created_time);
    CHECK_FALSE(added.etag.empty());

    auto changed = configurations.get("c1");
    changed.priority = 4;
    CHECK(configurations.update(changed).priority == 4);
    CHECK_THROWS_AS(configurations.update(changed), precondition_failed);
    CHECK(configurations.list().size() == 1);
    configurations.remove("c1");
    CHECK_THROWS_AS(configurations.get("c1"), not_found);
    CHECK(configurations.list().empty());
}

TEST_CASE("a configuration that cannot be added tells why") {
    emulator hub;
    const auto configurations = test::registry_of(hub).configurations();
    configurations.add(setting("c1", 5));
    CHECK_THROWS_AS(configurations.add(setting("c1", 5)), conflict);
    CHECK_THROWS_AS(configurations.add(setting("Upper", 5)), argument_invalid);
    CHECK_THROWS_AS(configurations.add({.id = "empty"}), argument_invalid);
    configuration wrong = setting("wrong", 5);
    wrong.target_condition = "tags.a = = 1";
    CHECK_THROWS_AS(configurations.add(wrong), argument_invalid);
    CHECK_THROWS_AS(configurations.update(setting("nobody", 5)), not_found);
    CHECK_THROWS_AS(configurations.remove("nobody"), not_found);
}

TEST_CASE("queries are tested before they are used") {
    emulator hub;
    const auto configurations = test::registry_of(hub).configurations();
    const auto fine =
        configurations.test_queries("tags.a = 1", {{"n", "SELECT deviceId FROM devices"}});
    CHECK(fine.target_condition.empty());
    CHECK(fine.metrics.empty());
    const auto faults = configurations.test_queries("tags.a = = 1", {{"n", "SELEKT"}});
    CHECK_FALSE(faults.target_condition.empty());
    CHECK(faults.metrics.contains("n"));
}

TEST_CASE("a configuration reaches the devices that meet its condition") {
    emulator hub;
    auto registry = test::registry_of(hub);
    test::inbox<json> changes;
    auto device = test::connect_device(hub, "d");
    device.set_desired_property_update_callback([&](const json& patch) { changes.put(patch); });
    registry.update_twin("d", {{"tags", {{"floor", 1}}}});
    configuration wanted = setting("c1", 5);
    wanted.target_condition = "tags.floor = 1";
    registry.configurations().add(wanted);
    CHECK(changes.take().at("interval") == 5);
    CHECK(registry.get_twin("d").document().at("configurations").contains("c1"));
}

TEST_CASE("content is applied to an IoT Edge device only") {
    emulator hub;
    auto registry = test::registry_of(hub);
    registry.add_device({.device_id = "leaf"});
    registry.add_device({.device_id = "edge", .iot_edge = true});
    const auto configurations = registry.configurations();
    const json content = json::parse(
        R"({"modulesContent":{"$edgeAgent":{"properties.desired":{"schemaVersion":"1.1"}}}})");
    configurations.apply_content("edge", content);
    CHECK(registry.get_module_twin("edge", "$edgeAgent").desired().at("schemaVersion") == "1.1");
    CHECK_THROWS_AS(configurations.apply_content("leaf", content), argument_invalid);
    CHECK_THROWS_AS(configurations.apply_content("nobody", content), device_not_found);
}
