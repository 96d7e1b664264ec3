// What the C++ clients do besides twins and telemetry: direct methods, messages from the cloud,
// inputs and outputs, and coming from the environment of an IoT Edge module.

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <future>
#include <optional>
#include <string>
#include <vector>

#include "common/connection_string.hpp"
#include "integration/hub/hub_clients.hpp"
#include "support/catch.hpp"
#include "support/inbox.hpp"

using namespace iothub;

namespace {

method_response echo(const method_request& request) {
    return {200, {{"name", request.name()}, {"got", request.payload()}}};
}

std::pair<hub_error_kind, int> refusal_of(const std::function<void()>& call) {
    try {
        call();
    } catch (const hub_error& error) {
        return {error.kind(), error.code()};
    }
    return {};
}

// The first telemetry of a device and its modules.
received_event first_event(emulator& hub, const std::string& device_id) {
    event_query query;
    query.device_id = device_id;
    query.count = 1;
    return hub.events(query).events.at(0);
}

// A variable of the environment for as long as a test runs.
class scoped_variable {
public:
    scoped_variable(std::string name, const std::optional<std::string>& value)
        : name_(std::move(name)) {
        if (const char* present = std::getenv(name_.c_str())) {
            before_ = present;
        }
        set(value);
    }
    ~scoped_variable() { set(before_); }
    scoped_variable(const scoped_variable&) = delete;
    scoped_variable& operator=(const scoped_variable&) = delete;

private:
    void set(const std::optional<std::string>& value) const {
        if (value) {
            setenv(name_.c_str(), value->c_str(), 1);
        } else {
            unsetenv(name_.c_str());
        }
    }

    std::string name_;
    std::optional<std::string> before_;
};

// The module's connection string with a name of the hub that nobody resolves, and the hub's address
// in GatewayHostName.
std::string through_gateway(const std::string& text) {
    connection_string parsed = *connection_string::parse(text);
    parsed.gateway_host_name = std::exchange(parsed.host_name, "hub.iothub.test");
    return parsed.text();
}

} // namespace

TEST_CASE("a back end calls methods of a device and of its module") {
    emulator hub;
    auto registry = test::registry_of(hub);
    auto device = test::connect_device(hub, "d");
    auto module = test::connect_module(hub, "d", "m");
    device.on_method(echo);
    module.on_method("reboot", [](const method_request&) -> method_response {
        throw std::runtime_error("not now");
    });

    const auto of_device = registry.invoke_method("d", "a/b c", {{"list", {1, 2, nullptr}}});
    CHECK(of_device.status() == 200);
    CHECK(of_device.payload().dump() == R"({"name":"a/b c","got":{"list":[1,2,null]}})");

    const auto failed = registry.invoke_module_method("d", "m", "reboot", nullptr);
    CHECK(failed.status() == 500);
    CHECK(failed.payload() == json{{"message", "not now"}});
    const auto unknown = registry.invoke_module_method("d", "m", "other", nullptr);
    CHECK(unknown.status() == 501);
    CHECK(unknown.payload() == json::object());
}

TEST_CASE("methods that cannot be called tell why") {
    emulator hub;
    auto registry = test::registry_of(hub);
    auto module = test::connect_module(hub, "d", "m");
    module.open(); // and takes no methods
    const std::pair not_online(hub_error_kind::not_found, 404103);
    CHECK(refusal_of([&] { registry.invoke_method("d", "x", nullptr); }) == not_online);
    CHECK(refusal_of([&] { registry.invoke_module_method("d", "m", "x", nullptr); }) == not_online);
    CHECK_THROWS_AS(registry.invoke_method("nobody", "x", nullptr), device_not_found);
    CHECK_THROWS_AS(registry.invoke_module_method("d", "nobody", "x", nullptr), module_not_found);
    const method_timeouts too_short{.response = std::chrono::seconds(1)};
    CHECK_THROWS_AS(registry.invoke_method("d", "x", nullptr, too_short), argument_invalid);
}

TEST_CASE("a method waits for a device to come, where the caller does") {
    emulator hub;
    auto registry = test::registry_of(hub);
    auto device = test::connect_device(hub, "d");
    auto called = std::async(std::launch::async, [&] {
        return registry.invoke_method("d", "m", 1, {.connect = std::chrono::seconds(20)});
    });
    device.on_method(echo);
    CHECK(called.get().payload().at("got") == 1);
}

TEST_CASE("a method may ask the registry through the client that called it") {
    emulator hub;
    auto registry = test::registry_of(hub);
    auto module = test::connect_module(hub, "d", "m");
    module.on_method([&](const method_request& request) -> method_response {
        module.update_reported_properties({{"last", request.payload()}});
        return {200, registry.get_module_twin("d", "m").reported().at("last")};
    });
    std::vector<std::future<method_response>> calls;
    for (int i = 0; i < 8; ++i) {
        calls.push_back(std::async(std::launch::async, [&registry, i] {
            return registry.invoke_module_method("d", "m", "set", i);
        }));
    }
    for (int i = 0; i < 8; ++i) {
        CHECK(calls[static_cast<std::size_t>(i)].get().payload() == i);
    }
}

TEST_CASE("a device takes methods again after its connection was cut") {
    emulator hub;
    test::inbox<connection_status> statuses;
    auto device = test::connect_device(hub, "d");
    device.on_method(echo);
    device.set_connection_status_changes_handler(
        [&](connection_status status, auto) { statuses.put(status); });
    REQUIRE(hub.disconnect("d"));
    statuses.await(connection_status::connected);
    const method_timeouts patient{.connect = std::chrono::seconds(20)};
    CHECK(test::registry_of(hub).invoke_method("d", "m", 2, patient).status() == 200);
}

TEST_CASE("a message from the cloud reaches its device once") {
    emulator hub;
    test::inbox<received_message> messages;
    hub.device_connection_string("d"); // creates it
    cloud_message early;
    early.body = std::string("\0\1", 2);
    early.message_id = "1";
    early.content_type = "application/octet-stream";
    early.properties = {{"a b", "c&d/é"}};
    hub.send_message("d", early);
    {
        auto device = test::connect_device(hub, "d");
        device.on_message([&](const received_message& m) { messages.put(m); });
        const auto message = messages.take();
        CHECK(message.body == early.body);
        CHECK(message.message_id == "1");
        CHECK(message.content_type == "application/octet-stream");
        CHECK(message.to == "/devices/d/messages/deviceBound");
        CHECK(message.properties == std::map<std::string, std::string>{{"a b", "c&d/é"}});
        device.close();
    }
    cloud_message late;
    late.body = "late";
    hub.send_message("d", late);
    auto device = test::connect_device(hub, "d");
    device.open(); // the hub has kept the subscription, and sends before there is a handler
    device.on_message([&](const received_message& m) { messages.put(m); });
    CHECK(messages.take().body == "late");
}

TEST_CASE("a module passes a message from its input on to an output") {
    emulator hub;
    test::inbox<std::string> others;
    auto module = test::connect_module(hub, "d", "m");
    module.on_message([&](const received_message& m) { others.put(m.input_name + "|" + m.body); });
    module.on_input("temperature", [&](const received_message& m) {
        message alert = m;
        alert.properties["seen"] = "yes";
        module.send_event("alerts", alert);
    });
    cloud_message sent;
    sent.body = "21";
    sent.message_id = "1";
    sent.input = "temperature";
    hub.send_message("d", "m", sent);
    const auto event = first_event(hub, "d");
    CHECK(event.module_id == "m");
    CHECK(event.body == "21");
    CHECK(event.system_properties ==
          text_properties{{"iothub-outputname", "alerts"}, {"message-id", "1"}});
    CHECK(event.properties == text_properties{{"seen", "yes"}});

    sent.input = "pressure";
    hub.send_message("d", "m", sent);
    CHECK(others.take() == "pressure|21");
    sent.input.clear();
    hub.send_message("d", "m", sent);
    CHECK(others.take() == "|21");
}

TEST_CASE("ids with characters of topics work everywhere") {
    emulator hub;
    const std::string id = "a+b#c%41:$";
    auto registry = test::registry_of(hub);
    test::inbox<std::string> bodies;
    auto device = test::connect_device(hub, id);
    device.on_message([&](const received_message& m) { bodies.put(m.body); });
    device.on_method(echo);
    device.send_event({.body = "x"});
    CHECK(first_event(hub, id).body == "x");
    cloud_message sent;
    sent.body = "hello";
    hub.send_message(id, sent);
    CHECK(bodies.take() == "hello");
    CHECK(registry.invoke_method(id, "m", nullptr).status() == 200);
    device.update_reported_properties({{"a", 1}});
    CHECK(registry.get_twin(id).reported().at("a") == 1);
}

TEST_CASE("a module comes from the environment without a word in its code") {
    emulator hub;
    const scoped_variable edge("EdgeHubConnectionString",
                               through_gateway(hub.module_connection_string("d", "m")));
    const scoped_variable trusted("EdgeModuleCACertificateFile", hub.ca_file().string());
    const scoped_variable other("IotHubConnectionString", "HostName=nowhere");
    const scoped_variable workload("IOTEDGE_WORKLOADURI", "unix:///var/run/iotedge/workload.sock");
    auto module = iothub::module_client::create_from_environment();
    module.update_reported_properties({{"from", "the environment"}});
    CHECK(test::registry_of(hub).get_module_twin("d", "m").reported().at("from") ==
          "the environment");
}

TEST_CASE("an environment of IoT Edge proper is refused with a reason") {
    const scoped_variable edge("EdgeHubConnectionString", std::nullopt);
    const scoped_variable hub("IotHubConnectionString", std::nullopt);
    const scoped_variable workload("IOTEDGE_WORKLOADURI", "unix:///var/run/iotedge/workload.sock");
    CHECK_THROWS_WITH(module_client::create_from_environment(),
                      Catch::Contains("workload API of IoT Edge is not supported"));
}
