// What the hub itself tells readers of telemetry (service API §7.6; E06).

#include "emulator/core/notifications/notifier.hpp"

#include <chrono>
#include <string>
#include <vector>

#include "common/json_text.hpp"
#include "support/catch.hpp"
#include "support/memory_hub.hpp"
#include "support/recording_link.hpp"

using namespace iothub;
using namespace iothub::test;
using namespace std::chrono_literals;

namespace {

const identity_key device{"d", ""};
const identity_key module{"d", "m"};

struct telling_hub : memory_hub {
    explicit telling_hub(std::initializer_list<core::event_source> sources)
        : memory_hub(settings_with(sources)) {}

    static core::hub_settings settings_with(std::initializer_list<core::event_source> sources) {
        core::hub_settings wanted;
        wanted.name = "contoso";
        for (const core::event_source source : sources) {
            wanted.told.add(core::name_of(source));
        }
        return wanted;
    }

    // Those that were kept since the last call.
    std::vector<core::event> told() {
        hub.end_turn();
        const std::uint32_t partition = hub.events().partition_of("d");
        auto news = hub.events().read(partition, seen_, 1000);
        seen_ += news.size();
        return news;
    }

    core::event the_one_told() {
        auto news = told();
        REQUIRE(news.size() == 1);
        return news.front();
    }

    void patch(const identity_key& key, const char* tags, const char* desired) {
        core::twin_change change;
        if (tags != nullptr) {
            change.tags = parse_json(tags).value();
        }
        if (desired != nullptr) {
            change.desired = parse_json(desired).value();
        }
        REQUIRE(hub.twins().patch(key, change, core::precondition::anything()));
    }

private:
    std::uint64_t seen_ = 0;
};

std::vector<std::string> operations(const std::vector<core::event>& events) {
    std::vector<std::string> all;
    for (const core::event& e : events) {
        all.push_back(e.source.text() + " " +
                      find_property(e.application_properties, "opType")->value.value());
    }
    return all;
}

using texts = std::vector<std::string>;
using enum core::event_source;

} // namespace

TEST_CASE("a hub that was asked for nothing tells nothing") {
    telling_hub h({});
    h.create(device);
    recording_link link;
    h.hub.sessions().connect(device, link);
    h.patch(device, R"({"a":1})", R"({"b":2})");
    h.hub.sessions().disconnected(device, link);
    REQUIRE(h.hub.identities().remove(device, core::precondition::anything()));
    CHECK(h.told().empty());
}

TEST_CASE("each source is told by itself") {
    for (const auto source : {twin_changes, device_lifecycle, device_connection_state}) {
        telling_hub h({source});
        h.create(device);
        recording_link link;
        h.hub.sessions().connect(device, link);
        h.patch(device, R"({"a":1})", nullptr);
        const auto told = h.told();
        REQUIRE(told.size() == 1);
        CHECK(find_property(told[0].system_properties, "iothub-message-source")->value ==
              std::string(core::name_of(source)));
    }
}

TEST_CASE("the creation of a module is told with its twin") {
    telling_hub h({device_lifecycle});
    h.create(device);
    static_cast<void>(h.told());
    h.create(module);
    const core::event e = h.the_one_told();
    CHECK(e.source == module);
    CHECK(e.auth_method.empty());
    CHECK(e.generation_id.empty());
    const property* id = find_property(e.system_properties, "correlation-id");
    REQUIRE(id != nullptr);
    CHECK(id->value->size() == 10);
    CHECK(id->value->find_first_not_of("0123456789abcdef") == std::string::npos);
    CHECK(e.system_properties == property_bag{{"iothub-message-source", "deviceLifecycleEvents"},
                                              {"correlation-id", id->value},
                                              {"user-id", "contoso"},
                                              {"content-type", "application/json"},
                                              {"content-encoding", "utf-8"}});
    CHECK(e.application_properties ==
          property_bag{{"hubName", "contoso"},
                       {"deviceId", "d"},
                       {"moduleId", "m"},
                       {"operationTimestamp", "2026-01-02T03:04:05Z"},
                       {"iothub-message-schema", "deviceLifecycleNotification"},
                       {"opType", "createDeviceIdentity"}});
    CHECK(e.body ==
          R"({"deviceId":"d","moduleId":"m","etag":"AAAAAAAAAAE=","version":2,)"
          R"("properties":{"desired":{"$metadata":{"$lastUpdated":"0001-01-01T00:00:00Z"},)"
          R"("$version":1},"reported":{"$metadata":{"$lastUpdated":)"
          R"("0001-01-01T00:00:00Z"},"$version":1}}})");
}

TEST_CASE(
    "a device is told to be deleted after its modules and its connection, with its last twin") {
    telling_hub h({device_lifecycle, device_connection_state});
    h.create(device);
    h.create(module);
    h.patch(device, R"({"room":"cellar"})", nullptr);
    recording_link link;
    h.hub.sessions().connect(device, link);
    static_cast<void>(h.told());
    REQUIRE(h.hub.identities().remove(device, core::precondition::anything()));
    const auto told = h.told();
    CHECK(operations(told) ==
          texts{"d deviceDisconnected", "d/m deleteDeviceIdentity", "d deleteDeviceIdentity"});
    CHECK(find_property(told[2].application_properties, "iothub-message-schema")->value ==
          "deviceLifecycleNotification");
    CHECK(parse_json(told[2].body).value()["tags"] == parse_json(R"({"room":"cellar"})").value());
}

TEST_CASE("the modules of an IoT Edge device come and go like others") {
    telling_hub h({device_lifecycle});
    core::identity_request request{.key = device};
    request.iot_edge = true;
    REQUIRE(h.hub.identities().put(request, {}));
    CHECK(operations(h.told()) == texts{"d createDeviceIdentity",
                                        "d/$edgeAgent createDeviceIdentity",
                                        "d/$edgeHub createDeviceIdentity"});
    request.iot_edge = false;
    REQUIRE(h.hub.identities().put(request, core::precondition::anything()));
    CHECK(operations(h.told()) ==
          texts{"d/$edgeAgent deleteDeviceIdentity", "d/$edgeHub deleteDeviceIdentity"});
}

TEST_CASE("an identity that is changed, or cannot be made, is no lifecycle event") {
    telling_hub h({device_lifecycle});
    h.create(device);
    static_cast<void>(h.told());
    CHECK(h.hub.identities().put({.key = device}, core::precondition::anything()));
    CHECK_FALSE(h.hub.identities().put({.key = device}, {}));
    CHECK_FALSE(h.hub.identities().remove(device, {}));
    CHECK(h.told().empty());
}

TEST_CASE("a change of a twin tells what changed, with its metadata") {
    telling_hub h({twin_changes});
    h.create(device);
    h.create(module);
    h.patch(module, nullptr, R"({"old":{"kept":1,"gone":2},"other":3})");
    static_cast<void>(h.told());
    h.clock.advance(1s);
    h.patch(module, R"({"tag1":"new value"})", R"({"property1":"new value","old":{"gone":null}})");
    const core::event e = h.the_one_told();
    CHECK(find_property(e.application_properties, "opType")->value == "updateTwin");
    CHECK(find_property(e.application_properties, "iothub-message-schema")->value ==
          "twinChangeNotification");
    CHECK(e.body ==
          R"({"version":4,"tags":{"tag1":"new value"},"properties":{"desired":{"property1":)"
          R"("new value","old":{"gone":null},"$metadata":{"$lastUpdated":"2026-01-02T03:04:06Z",)"
          R"("$lastUpdatedVersion":3,"property1":{"$lastUpdated":"2026-01-02T03:04:06Z",)"
          R"("$lastUpdatedVersion":3},"old":{"$lastUpdated":"2026-01-02T03:04:06Z",)"
          R"("$lastUpdatedVersion":3}},"$version":3}}})");
}

TEST_CASE("a report is told as a change of the twin") {
    telling_hub h({twin_changes});
    h.create(device);
    REQUIRE(h.hub.twins().report(device, parse_json(R"({"t":21})").value(), std::nullopt));
    CHECK(h.the_one_told().body ==
          R"({"version":3,"properties":{"reported":{"t":21,"$metadata":{"$lastUpdated":)"
          R"("2026-01-02T03:04:05Z","t":{"$lastUpdated":"2026-01-02T03:04:05Z"}},"$version":2}}})");
}

TEST_CASE("a twin that is replaced is told whole") {
    telling_hub h({twin_changes});
    h.create(device);
    core::twin_change change;
    change.tags = parse_json(R"({"a":1})").value();
    REQUIRE(h.hub.twins().replace(device, change, core::precondition::anything()));
    const core::event e = h.the_one_told();
    CHECK(find_property(e.application_properties, "opType")->value == "replaceTwin");
    const json body = parse_json(e.body).value();
    CHECK(body["deviceId"] == "d");
    CHECK(body["etag"] == "AAAAAAAAAAI=");
    CHECK(body["tags"]["a"] == 1);
    CHECK(body["properties"]["desired"]["$version"] == 2);
    CHECK(body["properties"]["reported"]["$version"] == 1);
}

TEST_CASE("what changes nothing, or is refused, is not told") {
    telling_hub h({twin_changes});
    h.create(device);
    h.patch(device, nullptr, nullptr);
    core::twin_change wrong;
    wrong.tags = parse_json(R"({"a.b":1})").value();
    CHECK_FALSE(h.hub.twins().patch(device, wrong, core::precondition::anything()));
    CHECK_FALSE(h.hub.twins().report(device, parse_json(R"({"$t":21})").value(), std::nullopt));
    h.hub.twins().remember_model(device, "dtmi:a;1");
    h.hub.twins().show_configurations(device, json::object());
    CHECK(h.told().empty());
}

TEST_CASE("connections are told with numbers that grow, even when the clock is set back") {
    telling_hub h({device_connection_state});
    h.create(device);
    h.create(module);
    recording_link first;
    recording_link second;
    h.hub.sessions().connect(device, first);
    h.hub.sessions().connect(device, second); // takes over
    h.clock.advance(-1h);
    h.hub.sessions().connect(module, first);
    h.hub.sessions().disconnected(module, first);
    const auto told = h.told();
    CHECK(operations(told) == texts{"d deviceConnected", "d deviceDisconnected",
                                    "d deviceConnected", "d/m deviceConnected",
                                    "d/m deviceDisconnected"});
    CHECK(told[0].body == R"({"sequenceNumber":"000000000000000001DC7B9474400080)"
                          R"(00000000000000000000000000000001"})");
    for (std::size_t i = 1; i < told.size(); ++i) {
        CHECK(told[i].body.size() == told[i - 1].body.size());
        CHECK(told[i].body > told[i - 1].body);
    }
}

TEST_CASE("a hub that begins anew tells of nobody") {
    telling_hub h({twin_changes, device_lifecycle, device_connection_state});
    h.create(device);
    recording_link link;
    h.hub.sessions().connect(device, link);
    h.hub.end_turn();
    h.hub.clear();
    CHECK(h.told().empty());
    h.create(device);
    h.hub.end_turn();
    const std::uint32_t partition = h.hub.events().partition_of("d");
    CHECK(operations(h.hub.events().read(partition, 0, 10)) == texts{"d createDeviceIdentity"});
}
