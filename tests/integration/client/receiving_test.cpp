// Direct methods and messages from the cloud against a stub.

#include <iothub/device_client.hpp>
#include <iothub/module_client.hpp>
#include <nlohmann/json.hpp>

#include "integration/client/stub_hub.hpp"
#include "support/catch.hpp"
#include "support/mqtt_packets.hpp"

using namespace iothub::test;
using iothub::device_client;
using iothub::method_request;
using iothub::method_response;
using iothub::module_client;

namespace {

module_client client_of(const tls_stub& stub) {
    return module_client::create_from_connection_string(module_string(stub), trusting(stub));
}

device_client device_of(const tls_stub& stub) {
    return device_client::create_from_connection_string(
        "HostName=localhost:" + std::to_string(stub.port()) +
            ";DeviceId=d;SharedAccessKey=" + test_key,
        trusting(stub));
}

void call(stub_peer& peer, const std::string& name, const std::string& id,
          const std::string& payload = "") {
    peer.write(packet::publish("$iothub/methods/POST/" + name + "/?$rid=" + id, payload));
}

} // namespace

TEST_CASE("methods that come together are answered one by one") {
    stub_hub hub;
    hub.after_subscribe = [](stub_peer& peer) {
        call(peer, "add", "1", R"({"a":1,"b":2})");
        call(peer, "fail", "2");
        call(peer, "unknown", "3");
        call(peer, "add", "4", R"({"a":3,"b":4})");
    };
    tls_stub stub({hub.script()});
    auto client = client_of(stub);
    const auto failing = client.on_method_async(
        "fail", [](const method_request&) -> method_response { throw std::runtime_error("no"); });
    client.on_method("add", [](const method_request& request) -> method_response {
        const int sum = request.payload().at("a").get<int>() + request.payload().at("b").get<int>();
        return {200, {{"sum", sum}}};
    });
    CHECK(hub.published.take() == R"($iothub/methods/res/200/?$rid=1|{"sum":3})");
    CHECK(hub.published.take() == R"($iothub/methods/res/500/?$rid=2|{"message":"no"})");
    CHECK(hub.published.take() == "$iothub/methods/res/501/?$rid=3|{}");
    CHECK(hub.published.take() == R"($iothub/methods/res/200/?$rid=4|{"sum":7})");
}

TEST_CASE("a method may use the client while it runs") {
    stub_hub hub;
    hub.after_subscribe = [](stub_peer& peer) { call(peer, "report", "1"); };
    tls_stub stub({hub.script()});
    auto client = client_of(stub);
    client.on_method([&](const method_request& request) -> method_response {
        client.send_event("alarms", {.body = request.name()});
        return {200, {{"desired", client.get_twin().desired_version()}}};
    });
    CHECK(hub.published.take() == "devices/d/modules/m/messages/events/%24.on=alarms|report");
    CHECK(hub.published.take() == R"($iothub/methods/res/200/?$rid=1|{"desired":1})");
    CHECK_THROWS_AS(client.on_method("", nullptr), iothub::argument_invalid);
    CHECK_THROWS_AS(client.send_event("", {.body = "x"}), iothub::argument_invalid);
}

TEST_CASE("methods are taken again after a reconnect") {
    stub_hub first;
    first.after_subscribe = [](stub_peer&) { throw std::runtime_error("drops the client"); };
    stub_hub second;
    second.after_subscribe = [](stub_peer& peer) { call(peer, "m", "7"); };
    tls_stub stub({first.script(), second.script()});
    auto client = client_of(stub);
    client.on_method([](const method_request&) { return method_response(200); });
    CHECK(second.published.take() == "$iothub/methods/res/200/?$rid=7|null");
}

TEST_CASE("a message from the cloud is delivered and acknowledged") {
    stub_hub hub;
    hub.after_subscribe = [](stub_peer& peer) {
        peer.write(packet::publish_1(
            9, "devices/d/messages/devicebound/%24.mid=1&%24.to=%2Fdevices%2Fd&k=v", "hello"));
    };
    tls_stub stub({hub.script()});
    inbox<iothub::received_message> messages;
    auto client = device_of(stub);
    client.on_message([&](const iothub::received_message& m) { messages.put(m); });
    const auto message = messages.take();
    CHECK(message.body == "hello");
    CHECK(message.message_id == "1");
    CHECK(message.to == "/devices/d");
    CHECK(message.properties.at("k") == "v");
    CHECK(hub.acknowledged.take() == 9);
}

TEST_CASE("inputs go to their handlers, and messages can be sent on") {
    stub_hub hub;
    hub.after_subscribe = [](stub_peer& peer) {
        peer.write(packet::publish_1(1, "devices/d/modules/m/inputs/in/%24.mid=1&%24.cdid=d&k=v",
                                     "first"));
        peer.write(
            packet::publish_1(2, "devices/d/modules/m/messages/devicebound/%24.to=x", "second"));
    };
    tls_stub stub({hub.script()});
    auto client = client_of(stub);
    const auto others = client.on_message_async(
        [&](const iothub::received_message& m) { client.send_event({.body = "other " + m.body}); });
    client.on_input("in", [&](const iothub::received_message& m) { client.send_event("out", m); });
    CHECK(hub.published.take() ==
          "devices/d/modules/m/messages/events/%24.on=out&%24.mid=1&k=v|first");
    CHECK(hub.published.take() == "devices/d/modules/m/messages/events/|other second");
}

TEST_CASE("a message that comes before there is a handler waits for it") {
    tls_stub stub({[](stub_peer& peer) {
        answer_connect(peer);
        peer.write(packet::publish_1(1, "devices/d/messages/devicebound/%24.to=x", "early"));
        while (read_packet(peer).type != 4) { // until it is acknowledged
        }
        const mqtt_packet subscribe = read_packet(peer);
        peer.write(packet::suback(subscribe.packet_id(), {1}));
        peer.wait_until_closed();
    }});
    inbox<std::string> bodies;
    auto client = device_of(stub);
    client.open();
    client.on_message([&](const iothub::received_message& m) { bodies.put(m.body); });
    CHECK(bodies.take() == "early");
}
