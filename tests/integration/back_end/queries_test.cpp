// Queries of the C++ client against the hub.

#include <nlohmann/json.hpp>

#include <set>
#include <string>

#include "integration/hub/hub_clients.hpp"
#include "support/catch.hpp"

using namespace iothub;

namespace {

// d0, d1, … with the tag `n`, the odd ones disabled.
void add_numbered_devices(registry_client& registry, int count) {
    std::vector<device_identity> devices;
    std::vector<twin_update> tags;
    for (int n = 0; n < count; ++n) {
        const std::string id = "d" + std::to_string(n);
        devices.push_back({.device_id = id, .enabled = n % 2 == 0});
        tags.push_back({.device_id = id, .patch = json{{"tags", {{"n", n}}}}});
    }
    REQUIRE(registry.add_devices(devices).is_successful);
    REQUIRE(registry.update_twins(tags).is_successful);
}

} // namespace

TEST_CASE("every device is found, over several pages, once") {
    emulator hub;
    auto registry = test::registry_of(hub);
    add_numbered_devices(registry, 25);
    std::set<std::string> ids;
    int rows = 0;
    for (const json& row : registry.query("SELECT deviceId FROM devices", {.page_size = 10})) {
        ids.insert(row.at("deviceId").get<std::string>());
        ++rows;
    }
    CHECK(rows == 25);
    CHECK(ids.size() == 25);
}

TEST_CASE("pages have the size that was asked for, and a token to go on from") {
    emulator hub;
    auto registry = test::registry_of(hub);
    add_numbered_devices(registry, 5);
    const std::string text = "SELECT * FROM devices WHERE tags.n >= 0";
    auto pages = registry.query_twins(text, {.page_size = 3}).by_page();
    const auto first = pages.begin();
    CHECK(first->items.size() == 3);
    REQUIRE_FALSE(first->continuation.empty());

    auto other = test::registry_of(hub); // nothing of the listing is in the client
    std::size_t rest = 0;
    for (const auto& page :
         other.query_twins(text, {.page_size = 3, .continuation = first->continuation}).by_page()) {
        rest += page.items.size();
    }
    CHECK(rest == 2);
}

TEST_CASE("a condition selects, and a projection shapes") {
    emulator hub;
    auto registry = test::registry_of(hub);
    add_numbered_devices(registry, 6);
    std::string rows;
    for (const json& row :
         registry.query("SELECT tags.n AS number FROM devices WHERE tags.n IN [4]")) {
        rows += row.dump();
    }
    CHECK(rows == R"({"number":4})");
    auto count = registry.query("SELECT COUNT() AS n FROM devices WHERE status = 'disabled'");
    CHECK(count.begin()->dump() == R"({"n":3})");
}

TEST_CASE("twins of modules are found with their device") {
    emulator hub;
    auto registry = test::registry_of(hub);
    registry.add_device({.device_id = "d"});
    registry.add_module({.device_id = "d", .module_id = "m"});
    auto modules =
        registry.query_twins("SELECT * FROM devices.modules WHERE devices.deviceId = 'd'");
    auto found = modules.begin();
    REQUIRE_FALSE(found == modules.end());
    CHECK(found->device_id() == "d");
    CHECK(found->module_id() == "m");
    CHECK(found->desired_version() == 1);
    ++found;
    CHECK(found == modules.end());
}

TEST_CASE("queries that are wrong, or not for twins, are refused") {
    emulator hub;
    auto registry = test::registry_of(hub);
    CHECK_THROWS_AS(registry.query("SELEKT * FROM devices").begin(), argument_invalid);
    CHECK_THROWS_AS(registry.query("SELECT * FROM devices", {.continuation = "made-up"}).begin(),
                    argument_invalid);
    CHECK_THROWS_AS(registry.query_twins("SELECT deviceId FROM devices").begin(), argument_invalid);
    auto nobody = registry.query("SELECT * FROM devices");
    CHECK(nobody.begin() == nobody.end());
}

TEST_CASE("a policy that may not query is told so") {
    emulator hub;
    registry_options options;
    options.ca_pem = hub.ca_pem();
    auto registry = registry_client::create_from_connection_string(
        hub.connection_string("registryRead"), options);
    CHECK_THROWS_AS(registry.query("SELECT * FROM devices").begin(), unauthorized);
}
