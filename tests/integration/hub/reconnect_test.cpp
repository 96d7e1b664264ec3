// What a client sees when its connection ends: a restarted hub, a newer connection, a disabled
// device.

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

#include "integration/hub/hub_clients.hpp"
#include "support/catch.hpp"
#include "support/inbox.hpp"
#include "support/temporary_folder.hpp"

using namespace iothub;
using reason = connection_status_change_reason;

namespace {

struct status_inbox : test::inbox<std::pair<connection_status, reason>> {
    void watch(iothub::module_client& client) {
        client.set_connection_status_changes_handler(
            [this](connection_status status, reason why) { put({status, why}); });
    }
};

} // namespace

TEST_CASE("a desired change made while the module was offline reaches it after the hub's restart") {
    const test::temporary_folder folder;
    iothub::emulator_options options;
    options.data_dir = folder / "data";
    std::optional<iothub::emulator> hub(std::in_place, options);
    options.mqtts_port = hub->ports().mqtts;
    status_inbox statuses;
    test::inbox<json> changes;
    auto module = test::connect_module(*hub, "d", "m");
    statuses.watch(module);
    module.set_desired_property_update_callback([&](const json& patch) { changes.put(patch); });
    statuses.await({connection_status::connected, reason::connection_ok});

    hub.reset();
    statuses.await({connection_status::disconnected_retrying, reason::communication_error});
    auto offline = options;
    offline.mqtts_port = 0; // so that the module stays away meanwhile
    hub.emplace(offline);
    test::registry_of(*hub).update_module_twin("d", "m",
                                               {{"properties", {{"desired", {{"speed", 7}}}}}});
    CHECK(changes.empty());
    hub.reset();
    hub.emplace(options);

    CHECK(changes.take().at("speed") == 7);
    statuses.await({connection_status::connected, reason::connection_ok});
    module.update_reported_properties({{"back", true}});
    CHECK(test::registry_of(*hub).get_module_twin("d", "m").reported().at("back") == true);
}

TEST_CASE("the newest connection of an identity wins") {
    iothub::emulator hub;
    status_inbox statuses;
    auto first = test::connect_module(hub, "d", "m");
    statuses.watch(first);
    first.open();
    statuses.await({connection_status::connected, reason::connection_ok});

    auto second = test::connect_module(hub, "d", "m");
    second.open();
    statuses.await({connection_status::disconnected_retrying, reason::communication_error});
    first.close();
    second.update_reported_properties({{"by", "second"}});
    CHECK(test::registry_of(hub).get_module_twin("d", "m").reported().at("by") == "second");
}

TEST_CASE("a disabled device loses its modules' connections and cannot come back") {
    iothub::emulator hub;
    status_inbox statuses;
    auto module = test::connect_module(hub, "d", "m");
    statuses.watch(module);
    module.open();
    auto registry = test::registry_of(hub);
    auto device = registry.get_device("d");
    device.enabled = false;
    registry.update_device(device);
    statuses.await({connection_status::disconnected, reason::device_disabled});
    CHECK_FALSE(registry.get_module("d", "m").connected);
}

TEST_CASE("a deleted module loses its connection") {
    iothub::emulator hub;
    status_inbox statuses;
    auto module = test::connect_module(hub, "d", "m");
    statuses.watch(module);
    module.open();
    test::registry_of(hub).remove_module("d", "m");
    statuses.await({connection_status::disconnected, reason::device_disabled});
}
