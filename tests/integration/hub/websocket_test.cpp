// MQTT over WebSocket beside REST, on the HTTPS port of a whole hub.

#include <future>
#include <mutex>

#include "common/sas_token.hpp"
#include "integration/hub/hub_clients.hpp"
#include "integration/hub/websocket_client.hpp"
#include "support/catch.hpp"
#include "support/mqtt_packets.hpp"

using namespace iothub;
using test::websocket_client;
namespace packet = test::packet;
namespace websocket = test::websocket;

namespace {

// What a hub has logged.
class kept_log {
public:
    iothub::emulator_options options() {
        iothub::emulator_options made;
        made.on_log = [this](std::string_view, std::string_view, std::string_view text) {
            const std::lock_guard guard(mutex_);
            text_.append(text).append("\n");
        };
        return made;
    }
    bool mentions(std::string_view text) {
        const std::lock_guard guard(mutex_);
        return text_.find(text) != std::string::npos;
    }

private:
    std::mutex mutex_;
    std::string text_;
};

std::string key_in(const std::string& connection_string) {
    const std::string name = "SharedAccessKey=";
    return connection_string.substr(connection_string.find(name) + name.size());
}

// CONNECT of module m of device d.
std::string connect_packet(iothub::emulator& hub) {
    const auto expiry = std::chrono::time_point_cast<ticks>(std::chrono::system_clock::now()) +
                        std::chrono::hours(1);
    packet::connect_fields fields;
    fields.client_id = "d/m";
    fields.user_name = "localhost/d/m/?api-version=2021-04-12";
    fields.password = make_sas_token("localhost/devices/d/modules/m",
                                     key_in(hub.module_connection_string("d", "m")), expiry)
                          .value();
    return packet::connect(fields);
}

const std::string twin_responses = packet::subscribe(1, {{"$iothub/twin/res/#", 0}});
const std::string granted = packet::suback(1, {0});

// A PUBLISH from the hub at QoS 0: topic and payload.
std::pair<std::string, std::string> receive_publish(websocket_client& client) {
    REQUIRE(client.receive(1) == "\x30");
    std::size_t length = 0;
    int shift = 0;
    for (unsigned digit = 128; digit > 127; shift += 7) {
        digit = static_cast<unsigned char>(client.receive(1)[0]);
        length |= std::size_t(digit & 127) << shift;
    }
    const std::string body = client.receive(length);
    const std::size_t topic = websocket::length_of(std::string(2, '\x7e'), body.substr(0, 2));
    return {body.substr(2, topic), body.substr(2 + topic)};
}

// The client is module m of device d from here on.
void connect(websocket_client& client, iothub::emulator& hub) {
    client.send(websocket_client::request("mqtt"));
    client.receive_response();
    client.send_packet(connect_packet(hub));
    CHECK(client.receive(4) == packet::connack(0));
}

void check_twin(websocket_client& client) {
    client.send_packet(packet::publish("$iothub/twin/GET/?$rid=r1", " "));
    const auto [topic, payload] = receive_publish(client);
    CHECK(topic == "$iothub/twin/res/200/?$rid=r1");
    CHECK(payload == R"({"desired":{"$version":1},"reported":{"$version":1}})");
}

} // namespace

TEST_CASE("a module connects, subscribes and gets its twin over WebSocket, REST beside it") {
    const std::string subprotocol = GENERATE("mqtt", "MQTT");
    iothub::emulator hub;
    websocket_client client(hub.ports().https);
    client.send(websocket_client::request(subprotocol));
    const std::string head = client.receive_response();
    CHECK(head.starts_with("HTTP/1.1 101 "));
    CHECK(head.find("\r\nSec-WebSocket-Protocol: " + subprotocol + "\r\n") != head.npos);

    const std::string connect = connect_packet(hub);
    client.send_packet(connect.substr(0, 1)); // as Node does
    client.send_packet(connect.substr(1));
    CHECK(client.receive(4) == packet::connack(0));
    client.send_packet(twin_responses);
    CHECK(client.receive(granted.size()) == granted);
    check_twin(client);
    CHECK(test::registry_of(hub).get_module("d", "m").connected);

    client.send_packet(packet::disconnect());
    CHECK(client.receive_frame() == websocket::close_from_server(1000));
    client.send(websocket::close_frame(1000));
    CHECK(client.receive_all().empty());
    CHECK(client.ended_orderly());
    CHECK_FALSE(test::registry_of(hub).get_module("d", "m").connected);
}

TEST_CASE("what comes together with the upgrade request is not lost") {
    iothub::emulator hub;
    websocket_client client(hub.ports().https);
    client.send(websocket_client::request("mqtt") +
                websocket::frame(websocket::binary, connect_packet(hub) + twin_responses));
    client.receive_response();
    CHECK(client.receive(4) == packet::connack(0));
    CHECK(client.receive(granted.size()) == granted);
    check_twin(client);
}

TEST_CASE("one connection: REST first, MQTT over WebSocket then") {
    iothub::emulator hub;
    const std::string connect = connect_packet(hub);
    websocket_client client(hub.ports().https);
    client.send("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n" +
                websocket_client::request("mqtt"));
    CHECK(client.receive_response().starts_with("HTTP/1.1 404 "));
    CHECK(client.receive_response().starts_with("HTTP/1.1 101 "));
    client.send_packet(connect);
    CHECK(client.receive(4) == packet::connack(0));
}

TEST_CASE("a client that shows no valid token is told so over WebSocket") {
    iothub::emulator hub;
    hub.module_connection_string("d", "m");
    websocket_client client(hub.ports().https);
    client.send(websocket_client::request("mqtt"));
    client.receive_response();
    packet::connect_fields fields;
    fields.client_id = "d/m";
    fields.user_name = "localhost/d/m/?api-version=2021-04-12";
    fields.password = "SharedAccessSignature sr=localhost&sig=AAAA&se=4102444800";
    client.send_packet(packet::connect(fields));
    CHECK(client.receive(4) == packet::connack(5));
    CHECK(client.receive_frame() == websocket::close_from_server(1000));
}

TEST_CASE("upgrades that cannot be are refused, and logged with their reason") {
    kept_log log;
    iothub::emulator hub(log.options());
    websocket_client client(hub.ports().https);
    const auto status = [&](const std::string& request) {
        client.send(request);
        return client.receive_response().substr(9, 3);
    };
    CHECK(status(websocket_client::request("soap")) == "400");
    CHECK(status(websocket_client::request("mqtt", "/elsewhere")) == "404");
    client.send(websocket_client::request("mqtt"));
    CHECK(client.receive_response().starts_with("HTTP/1.1 101 "));
    hub.stop();
    CHECK(log.mentions("400: No subprotocol that is known was offered"));
    CHECK(log.mentions("404: WebSocket is spoken at"));
}

TEST_CASE("a packet that is longer than its frame waits for the frames that bring the rest") {
    iothub::emulator hub;
    websocket_client client(hub.ports().https);
    connect(client, hub);
    const std::string body(200 * 1024, 'x');
    const std::string whole = packet::publish_1(7, "devices/d/modules/m/messages/events/", body);
    const std::size_t first = whole.size() - body.size() + 10;
    client.send_packet(whole.substr(0, first));
    client.send(websocket::frame(websocket::ping, "?"));
    CHECK(client.receive_frame() == websocket::from_server(websocket::pong, "?"));
    CHECK(hub.events().events.empty());
    client.send_packet(whole.substr(first));
    CHECK(client.receive(4) == packet::puback(7));
    const auto events = hub.events().events;
    REQUIRE(events.size() == 1);
    CHECK(events[0].body == body);
}

TEST_CASE("a packet that declares more than a packet may have ends its WebSocket at once") {
    kept_log log;
    iothub::emulator hub(log.options());
    websocket_client client(hub.ports().https);
    connect(client, hub);
    const std::string whole =
        packet::publish("devices/d/modules/m/messages/events/", std::string(400 * 1024, 'x'));
    client.send_packet(whole.substr(0, 10));
    CHECK(client.receive_frame() == websocket::close_from_server(1000));
    client.send(websocket::close_frame(1000));
    CHECK(client.receive_all().empty());
    CHECK(client.ended_orderly());
    CHECK(hub.events().events.empty());
    hub.stop();
    CHECK(log.mentions("over the 327680 allowed"));
}

TEST_CASE("a hub that stops ends its WebSockets") {
    iothub::emulator hub;
    std::future<void> stopping;
    {
        websocket_client client(hub.ports().https);
        connect(client, hub);
        stopping = std::async(std::launch::async, [&] { hub.stop(); });
        client.receive_all();
        CHECK(client.ended_orderly());
    }
    stopping.get();
}
