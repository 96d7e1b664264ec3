// What a hub received and who is connected, seen by a test: in process and over the management
// port.

#include <nlohmann/json.hpp>

#include <future>
#include <string>

#include "integration/hub/hub_clients.hpp"
#include "integration/hub/management_http.hpp"
#include "support/catch.hpp"
#include "support/inbox.hpp"
#include "support/temporary_folder.hpp"

using namespace iothub;
using namespace std::chrono_literals;
using Catch::Contains;

namespace {

emulator_options seeded() {
    emulator_options options;
    options.config = R"({
        // two identities
        "devices": [{"deviceId": "d", "tags": {"floor": 2}, "modules": [{"moduleId": "m"}]}],
        "httpsPort": 1
    })";
    return options;
}

} // namespace

TEST_CASE("events are waited for while a module sends") {
    iothub::emulator hub;
    auto module = test::connect_module(hub, "d", "m");
    module.open();
    auto waiting = std::async(std::launch::async,
                              [&hub] { return hub.events({.device_id = "d", .count = 3}); });
    test::management_connection over_http(hub.ports().management);
    over_http.ask("GET", "/api/events?device=d&module=m&count=3&wait=20");
    test::management_connection stream(hub.ports().management);
    stream.ask("GET", "/api/events/stream?device=d");
    stream.read_until("\r\n\r\n");
    for (const char* body : {"1", "2", "3"}) {
        module.send_event({.body = body, .properties = {{"key", "value"}}});
    }
    const event_page page = waiting.get();
    REQUIRE(page.events.size() == 3);
    CHECK(page.events[0].body == "1");
    CHECK(page.events[2].body == "3");
    CHECK(page.events[0].module_id == "m");
    CHECK(page.events[0].properties == text_properties{{"key", "value"}});
    CHECK(page.events[0].enqueued_time <= std::chrono::system_clock::now());
    CHECK(hub.events({.after = page.next}).events.empty());
    CHECK_THAT(over_http.read_until({}), Contains("\"body\":\"1\"") && Contains("\"body\":\"3\""));
    CHECK_THAT(stream.read_until("\"body\":\"3\""), Contains("event: telemetry"));
}

TEST_CASE("waiting for events ends with the time, with the hub, and for a query that is wrong") {
    iothub::emulator hub;
    CHECK(hub.events({.count = 1, .wait = 10ms}).events.empty());
    CHECK_THROWS_AS(hub.events({.after = "x"}), std::invalid_argument);
    CHECK_THROWS_AS(hub.events({.limit = 0}), std::invalid_argument);
    CHECK_THROWS_AS(hub.events({.count = 1001}), std::invalid_argument);
    auto waiting = std::async(std::launch::async, [&hub] { return hub.events({.count = 1}); });
    test::management_connection over_http(hub.ports().management);
    over_http.ask("GET", "/api/events?wait=100");
    test::management_connection stream(hub.ports().management);
    stream.ask("GET", "/api/events/stream");
    stream.read_until("\r\n\r\n");
    hub.stop();
    CHECK_THROWS_AS(waiting.get(), std::runtime_error);
    CHECK_THAT(over_http.read_until({}), Contains("{\"events\":[]"));
    CHECK_THAT(stream.read_until({}), Catch::EndsWith("0\r\n\r\n"));
}

TEST_CASE("messages to a module are enqueued, shown and refused") {
    iothub::emulator hub(seeded());
    CHECK(hub.send_message("d", "m", {.body = "a", .properties = {{"k", "v"}}, .ack = "full"}) ==
          1);
    CHECK(hub.send_message("d", "m", {.body = "b"}) == 2);
    const auto port = hub.ports().management;
    CHECK_THAT(test::ask_management(port, "GET", "/api/messages?device=d&module=m"),
               Contains("\"body\":\"a\"") && Contains("\"body\":\"b\""));
    CHECK_THROWS_AS(hub.send_message("none", {.body = "a"}), std::runtime_error);
    CHECK_THROWS_AS(hub.send_message("d", {.body = "a", .ack = "maybe"}), std::invalid_argument);
    CHECK_THROWS_AS(hub.send_message("d", {.body = "a", .input = "of no module"}),
                    std::invalid_argument);
    CHECK_THAT(test::ask_management(port, "DELETE", "/api/messages?device=d&module=m"),
               Contains("{\"purged\":2}"));
    CHECK_THAT(test::ask_management(port, "GET", "/api/feedback"), Contains("\"Purged\""));
}

TEST_CASE("a module whose connection is cut knows, and comes back") {
    iothub::emulator hub;
    test::inbox<std::string> statuses; // outlives the client whose callbacks fill it
    auto module = test::connect_module(hub, "d", "m");
    module.set_connection_status_changes_handler(
        [&](auto status, auto) { statuses.put(std::string(to_string(status))); });
    module.open();
    CHECK(statuses.take() == "Connected");
    REQUIRE(hub.connections().size() == 1);
    CHECK(hub.connections()[0].connected);
    CHECK(hub.connections()[0].transport == "mqtt");
    CHECK(hub.connections()[0].connected_time);
    CHECK_FALSE(hub.connections()[0].disconnected_time);

    CHECK(hub.disconnect("d", "m"));
    CHECK(statuses.take() != "Connected");
    CHECK(statuses.take() == "Connected");
    CHECK(hub.connections()[0].disconnect_reason == "disconnected through the management API");
    CHECK_FALSE(hub.disconnect("nobody"));
    module.close();
    CHECK_FALSE(hub.disconnect("d", "m"));
}

TEST_CASE("a refusal can be read where the connections are shown") {
    iothub::emulator hub;
    hub.device_connection_string("d");
    auto device = iothub::module_client::create_from_connection_string(
        "HostName=localhost:" + std::to_string(hub.ports().mqtts) +
            ";DeviceId=d;ModuleId=none;SharedAccessKey=d3Jvbmcga2V5IG9mIGEgdGVzdA==",
        test::trusting(hub));
    CHECK_THROWS_AS(device.open(), iothub::unauthorized);
    REQUIRE(hub.connections().size() == 1);
    CHECK_FALSE(hub.connections()[0].connected);
    CHECK_FALSE(hub.connections()[0].refusal_reason.empty());
    CHECK(hub.connections()[0].refused_time);
}

TEST_CASE("reset: the next test finds an empty hub, or the seed, and who was connected is not") {
    iothub::emulator hub(seeded());
    auto module = test::connect_module(hub, "d", "m");
    module.open();
    module.send_event({.body = "1"});
    hub.device_connection_string("other");
    const std::string saved = hub.export_registry();

    hub.reset(reset_to::seed);
    CHECK(hub.events().events.empty());
    CHECK(test::registry_of(hub).list_devices().size() == 1);
    CHECK(test::registry_of(hub).get_twin("d").tags().at("floor") == 2);
    CHECK_FALSE(test::registry_of(hub).get_module("d", "m").connected);

    CHECK_THAT(test::ask_management(hub.ports().management, "POST", "/api/reset?to=empty"),
               Contains("HTTP/1.1 204"));
    CHECK(hub.export_registry() == R"({"devices":[]})");

    hub.import_registry(saved);
    CHECK(hub.export_registry() == saved);
    CHECK(test::registry_of(hub).list_devices().size() == 2);
    CHECK_THROWS_WITH(hub.import_registry(R"({"devices":[{}]})"), Contains("devices[0].deviceId"));
    module.close();
}

TEST_CASE("what was reset stays so over a restart, and the numbers of events go on") {
    const test::temporary_folder folder;
    emulator_options options = seeded();
    options.data_dir = folder / "data";
    std::string next;
    {
        iothub::emulator hub(options);
        auto module = test::connect_module(hub, "d", "m");
        module.send_event({.body = "1"});
        hub.device_connection_string("other");
        hub.send_message("other", {.body = "a"});
        hub.reset();
        next = hub.events({.after = "now"}).next;
        CHECK(next != "0.0.0.0");
    }
    iothub::emulator hub(options);
    CHECK(test::registry_of(hub).list_devices().size() == 1); // the seed's
    CHECK(hub.events().events.empty());
    CHECK(hub.events({.after = "now"}).next == next);
    hub.device_connection_string("other");
    CHECK(hub.send_message("other", {.body = "b"}) == 1);
}

TEST_CASE("a configuration that is wrong is told") {
    emulator_options options;
    options.config = R"({"devices": 1})";
    CHECK_THROWS_WITH(iothub::emulator(options), Contains("devices"));
}
