// $edgeAgent and $edgeHub come and go with the capability (service API §2.2–§2.4).
#include "support/catch.hpp"
#include "support/memory_hub.hpp"
#include "support/recording_link.hpp"

namespace iothub::core {

namespace {

const identity_key device{"e", ""};
const identity_key agent{"e", "$edgeAgent"};
const identity_key edge_hub{"e", "$edgeHub"};

identity put_edge(test::memory_hub& h, bool edge) {
    const auto now = h.hub.identities().get(device);
    const identity_request wanted{.key = device,
                                  .iot_edge = edge,
                                  .device_scope =
                                      now && now->iot_edge ? now->device_scope : std::nullopt};
    return h.hub.identities().put(wanted, now ? precondition::anything() : precondition{}).value();
}

} // namespace

TEST_CASE("an Edge device has its two modules from the beginning", "[registry]") {
    test::memory_hub h;
    const bool turned = GENERATE(false, true);
    if (turned) {
        h.create(device);
    }
    put_edge(h, true);
    const auto modules = h.hub.identities().list_modules("e").value();
    REQUIRE(modules.size() == 2);
    CHECK(modules[0].key == agent);
    CHECK(modules[1].key == edge_hub);
    for (const identity& module : modules) {
        CHECK(module.authentication == authentication{.type = authentication_type::none});
        CHECK(module.managed_by == "iotEdge");
        CHECK(module.generation_id == std::to_string(dotnet_ticks(h.clock.now())));
        CHECK(h.twin(module.key) == make_twin(module.key, never));
    }
    CHECK(modules[0].etag != modules[1].etag);
}

TEST_CASE("a device that is no Edge device has none", "[registry]") {
    test::memory_hub h;
    put_edge(h, false);
    CHECK(h.hub.identities().list_modules("e")->empty());
}

TEST_CASE("updates of an Edge device leave its modules alone", "[registry]") {
    test::memory_hub h;
    test::recording_link link;
    put_edge(h, true);
    h.hub.twins().patch(agent, {{}, json{{"a", 1}}}, {}).value();
    h.hub.sessions().connect(agent, link);
    const identity before = h.hub.identities().get(agent).value();
    put_edge(h, true);
    CHECK(h.hub.identities().get(agent).value() == before);
    CHECK(h.twin(agent).desired.values.value() == json{{"a", 1}});
    CHECK(link.disconnects.empty());
}

TEST_CASE("they go with the capability, and whoever is connected as one", "[registry]") {
    test::memory_hub h;
    test::recording_link link;
    put_edge(h, true);
    REQUIRE(h.hub.identities().put({.key = {"e", "m"}}, {}));
    h.hub.sessions().connect(agent, link);
    put_edge(h, false);
    const auto modules = h.hub.identities().list_modules("e").value();
    REQUIRE(modules.size() == 1);
    CHECK(modules[0].key.module_id == "m");
    CHECK_FALSE(h.store.find_twin(edge_hub));
    CHECK(link.disconnects == std::vector{errc::device_not_found});
}

TEST_CASE("they come and go as identities do, for whoever looks on", "[registry]") {
    test::memory_hub h;
    std::vector<std::string> seen;
    h.hub.identities().when_changed(
        [&](const identity_key& key) { seen.push_back("+" + key.text()); });
    h.hub.identities().when_removed(
        [&](const identity_key& key) { seen.push_back("-" + key.text()); });
    put_edge(h, true);
    CHECK(seen == std::vector<std::string>{"+e/$edgeAgent", "+e/$edgeHub", "+e"});
    seen.clear();
    put_edge(h, false);
    CHECK(seen == std::vector<std::string>{"-e/$edgeAgent", "-e/$edgeHub", "+e"});
}

TEST_CASE("nobody removes them but the device", "[registry]") {
    test::memory_hub h;
    put_edge(h, true);
    const auto demand = GENERATE(precondition{}, precondition::anything());
    const auto refused = h.hub.identities().remove(agent, demand);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::system_module_modify_unauthorized_access);
    CHECK(h.hub.identities().get(agent));
    REQUIRE(h.hub.identities().remove(device, precondition::anything()));
    CHECK_FALSE(h.store.find_identity(agent));
}

TEST_CASE("nobody writes them, but their twins", "[registry]") {
    test::memory_hub h;
    put_edge(h, true);
    CHECK(h.hub.identities().put({.key = agent}, precondition::anything()).error().code ==
          errc::argument_invalid);
    test::recording_link link;
    h.hub.sessions().connect(agent, link);
    REQUIRE(h.hub.twins().patch(agent, {{}, json{{"schemaVersion", "1.1"}}}, {}));
    REQUIRE(link.updates.size() == 1);
    CHECK(h.hub.twins().report(agent, json{{"lastDesiredVersion", 2}}, {}));
}

TEST_CASE("they are not counted among a device's 50 modules", "[registry]") {
    test::memory_hub h;
    put_edge(h, true);
    for (int i = 0; i < 50; ++i) {
        REQUIRE(h.hub.identities().put({.key = {"e", "m" + std::to_string(i)}}, {}));
    }
    CHECK(h.hub.identities().put({.key = {"e", "m50"}}, {}).error().code == errc::too_many_modules);
    CHECK(h.hub.identities().list_modules("e")->size() == 52);
}

} // namespace iothub::core
