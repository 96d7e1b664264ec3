// What docs/cpp-client.md shows, as it stands there.

#include <nlohmann/json.hpp>

#include <chrono>
#include <string>

#include <iothub/event_consumer.hpp>
#include <iothub/service_client.hpp>

#include "integration/hub/hub_clients.hpp"
#include "support/catch.hpp"

using iothub::json;

namespace {

// What the page prints to a terminal goes here.
std::string log_text;
void log(const std::string& line) {
    log_text += line + "\n";
}

} // namespace

TEST_CASE("the page's identities") {
    iothub::emulator hub;
    iothub::registry_client client = iothub::test::registry_of(hub);

    iothub::device_identity device{.device_id = "thermostat"};
    device.attributes = json{{"site", {{"name", "north"}}}};
    device = client.add_device(device); // with the keys that the hub made

    device.enabled = false;
    device.status_reason = "in repair";
    device = client.update_device(device); // precondition_failed if somebody else was first

    client.add_module({.device_id = "thermostat", .module_id = "display"});
    client.remove_module("thermostat", "display");
    client.remove_device("thermostat");

    CHECK_THROWS_AS(client.get_device("thermostat"), iothub::device_not_found);
}

TEST_CASE("the page's many devices") {
    iothub::emulator hub;
    iothub::registry_client client = iothub::test::registry_of(hub);

    std::vector<iothub::device_identity> devices;
    for (int floor = 1; floor <= 40; ++floor) {
        devices.push_back({.device_id = "thermostat-" + std::to_string(floor)});
    }
    const iothub::bulk_result added = client.add_devices(devices);
    for (const iothub::bulk_error& error : added.errors) {
        log(error.device_id + ": " + error.error_code);
    }

    iothub::twin_update ground{.device_id = "thermostat-1"};
    ground.patch = json{{"tags", {{"building", "A"}}}};
    client.update_twins({ground});

    const auto renewed =
        client.regenerate_keys({{.device_id = "thermostat-1"}}, iothub::key_choice::secondary);
    log("devices: " + std::to_string(client.get_registry_statistics().total));

    CHECK(added.is_successful);
    CHECK(renewed.keys.size() == 1);
    CHECK(log_text == "devices: 40\n");
    log_text.clear();
}

TEST_CASE("the page's twins, queries and methods") {
    iothub::emulator hub;
    iothub::registry_client client = iothub::test::registry_of(hub);
    auto device = iothub::test::connect_device(hub, "thermostat");
    device.on_method("reboot", [](const auto&) { return iothub::method_response(200); });

    client.update_twin(
        "thermostat", {{"tags", {{"floor", 1}}}, {"properties", {{"desired", {{"interval", 5}}}}}});
    const iothub::twin twin = client.get_twin("thermostat");
    log("interval " + twin.desired().at("interval").dump());

    for (const json& row : client.query("SELECT deviceId FROM devices WHERE tags.floor = 1")) {
        log(row.at("deviceId").get<std::string>());
    }
    for (const iothub::twin& found : client.query_twins("SELECT * FROM devices")) {
        log(found.device_id() + " reports " + found.reported().dump());
    }

    auto listing = client.query("SELECT * FROM devices", {.page_size = 50});
    for (const iothub::page<json>& page : listing.by_page()) {
        log(std::to_string(page.items.size()) + " devices");
        log("the next page begins after: " + page.continuation); // empty after the last
    }

    const iothub::method_response answer = client.invoke_method(
        "thermostat", "reboot", {{"delay", 5}}, {.response = std::chrono::seconds(10)});
    log("answered " + std::to_string(answer.status()));

    CHECK_THAT(log_text,
               Catch::StartsWith("interval 5\nthermostat\nthermostat reports {") &&
                   Catch::EndsWith("1 devices\nthe next page begins after: \nanswered 200\n"));
    log_text.clear();
}

TEST_CASE("the page's jobs") {
    iothub::emulator hub;
    iothub::registry_client client = iothub::test::registry_of(hub);
    client.add_device_with_twin({.device_id = "d"}, {{"tags", {{"floor", 1}}}});

    const iothub::job_client jobs = client.jobs();
    jobs.schedule_twin_update({.job_id = "slower", .condition = "tags.floor = 1"},
                              {{"properties", {{"desired", {{"interval", 60}}}}}});
    const iothub::scheduled_job job = jobs.wait("slower");
    log(std::to_string(job.statistics.succeeded) + " of " + std::to_string(job.statistics.devices));

    jobs.schedule_method({.job_id = "reboot-1", .condition = "tags.floor = 1"}, "reboot", nullptr);
    jobs.wait("reboot-1");
    for (const json& row : client.query("SELECT * FROM devices.jobs WHERE jobId = 'reboot-1'")) {
        log(row.at("deviceId").get<std::string>() + " " + row.at("status").get<std::string>());
    }

    CHECK(log_text == "1 of 1\nd failed\n"); // it is not connected
    log_text.clear();
}

TEST_CASE("the page's configurations") {
    iothub::emulator hub;
    iothub::registry_client client = iothub::test::registry_of(hub);

    iothub::configuration wanted{.id = "interval"};
    wanted.content = json{{"deviceContent", {{"properties.desired.interval", 5}}}};
    wanted.target_condition = "tags.floor = 1";
    wanted.priority = 10;
    wanted = client.configurations().add(wanted);

    wanted.target_condition = "tags.floor IN [1, 2]";
    client.configurations().update(wanted);

    CHECK(client.configurations().get("interval").target_condition == "tags.floor IN [1, 2]");
}

TEST_CASE("the page's digital twins") {
    iothub::emulator hub;
    iothub::registry_client client = iothub::test::registry_of(hub);
    auto device = iothub::test::connect_device(hub, "thermostat");
    device.on_method([](const auto&) { return iothub::method_response(200); });

    const iothub::digital_twin_client twins = client.digital_twins();
    const iothub::digital_twin twin = twins.get("thermostat");
    twins.update("thermostat", json::parse(R"([{"op":"add","path":"/target","value":21}])"),
                 twin.etag);
    twins.invoke_command("thermostat", "reboot", nullptr);

    CHECK(client.get_twin("thermostat").desired().at("target") == 21);
}

TEST_CASE("the page's messages to devices") {
    iothub::emulator hub;
    hub.device_connection_string("thermostat");

    iothub::service_options options;
    options.ca_file = hub.ca_file().string();
    options.amqps_port = hub.ports().amqps; // where that is not 5671
    const auto service = iothub::service_client::create_from_connection_string(
        hub.connection_string("service"), options);

    service.send("thermostat", {.body = "warmer",
                                .message_id = "m1",
                                .acknowledgement = iothub::delivery_acknowledgement::full});

    service.purge_message_queue("thermostat");
    if (const auto batch = service.feedback().receive()) {
        for (const iothub::feedback_record& record : batch->records) {
            log(record.original_message_id + " " + record.status_code);
        }
        service.feedback().complete(batch->lock_token);
    }

    CHECK(log_text == "m1 Purged\n");
    log_text.clear();
}

TEST_CASE("the page's telemetry") {
    iothub::emulator hub;
    auto device = iothub::test::connect_device(hub, "thermostat");
    for (const char* body : {"20", "the last"}) {
        iothub::message event;
        event.body = body;
        device.send_event(event);
    }

    iothub::event_consumer_options options;
    options.ca_file = hub.ca_file().string();
    options.port = hub.ports().amqps;
    const auto consumer = iothub::event_consumer::create_from_connection_string(
        hub.connection_string("service"), options);

    const auto print = [](const iothub::partition_event& event) {
        log(event.device_id + ": " + event.body);
        return event.body != "the last"; // whether to go on
    };
    consumer.read_all(iothub::event_position::earliest(), print, {.time = std::chrono::minutes(1)});

    CHECK(log_text == "thermostat: 20\nthermostat: the last\n");
    log_text.clear();
}

TEST_CASE("the page's errors") {
    iothub::emulator hub;
    iothub::registry_client client = iothub::test::registry_of(hub);

    try {
        client.get_device("nobody");
    } catch (const iothub::device_not_found&) {
        log("there is none");
    } catch (const iothub::hub_error& error) {
        log(std::string(error.what()) + (error.is_transient() ? "; try again" : ""));
    }

    CHECK(log_text == "there is none\n");
    log_text.clear();
}
