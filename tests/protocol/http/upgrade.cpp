#include "rest_world.hpp"

#include "support/catch.hpp"
#include "support/websocket_frames.hpp"

// From HTTP to WebSocket on one connection.

using namespace iothub;
using namespace iothub::test;
using websocket::binary;
using websocket::frame;

namespace {

// Answers each piece of bytes with its length.
struct counting_sink final : net::byte_sink {
    explicit counting_sink(std::shared_ptr<net::byte_stream> over)
        : stream(std::move(over)) {}

    void received(std::string_view bytes) override {
        text += bytes;
        stream->send(std::to_string(bytes.size()));
    }
    void closed(std::string_view) override { stream.reset(); }
    void drained() override {}

    std::shared_ptr<net::byte_stream> stream;
    std::string text;
};

struct upgrade_world : rest_world {
    upgrade_world() {
        protocols = std::make_shared<const http::websocket_protocols>(
            http::websocket_protocols{{"mqtt", serve("mqtt")}, {"AMQPWSB10", serve("amqp")}});
        connect();
    }

    // Lets go of each other, as what is connected does when it ends.
    ~upgrade_world() {
        stream->finish();
        settle();
    }

    std::function<void(std::shared_ptr<net::byte_stream>)> serve(std::string name) {
        return [this, name](std::shared_ptr<net::byte_stream> over) {
            spoken = name;
            sink = std::make_shared<counting_sink>(over);
            over->start(sink);
        };
    }

    std::string spoken;
    std::shared_ptr<counting_sink> sink;
};

const std::string address = "/$iothub/websocket";
const std::string usual = "Host: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Version: 13\r\n";
const std::string with_key = "Sec-WebSocket-Key: " + std::string(websocket::key) + "\r\n";
const std::string for_mqtt = "Sec-WebSocket-Protocol: mqtt\r\n";

std::string ask_for(const std::string& target, const std::string& fields,
                    const std::string& method = "GET") {
    return method + " " + target + " HTTP/1.1\r\n" + fields + "\r\n";
}
const std::string good = ask_for(address, usual + with_key + for_mqtt);

} // namespace

TEST_CASE("upgrade: the connection is its protocol's from then on") {
    upgrade_world w;
    const std::string response = w.exchange(good);
    CHECK(response.starts_with("HTTP/1.1 101 Switching Protocols\r\n"));
    CHECK(response.find("\r\nSec-WebSocket-Protocol: mqtt\r\n") != response.npos);
    CHECK(response.find("\r\nServer: Microsoft-HTTPAPI/2.0\r\n") != response.npos);
    CHECK(w.spoken == "mqtt");
    CHECK(websocket::frames_of(w.exchange(frame(binary, "hello"))) ==
          std::vector{websocket::from_server(binary, "5")});
    CHECK(w.sink->text == "hello");
    CHECK(w.hub.count().requests == 1);
    CHECK(w.hub.count().failed_requests == 0);
}

TEST_CASE("upgrade: the subprotocol comes back as it was spelled, the first one known is taken") {
    const auto [offered, answered, spoken] = GENERATE(table<std::string, std::string, std::string>({
        {"mqtt", "mqtt", "mqtt"},
        {"MQTT", "MQTT", "mqtt"},
        {"AMQPWSB10", "AMQPWSB10", "amqp"},
        {"soap, AMQPWSB10,mqtt", "AMQPWSB10", "amqp"},
        {"mqttv3.1\r\nSec-WebSocket-Protocol: Mqtt", "Mqtt", "mqtt"},
    }));
    upgrade_world w;
    const std::string response = w.exchange(
        ask_for(address, usual + with_key + "Sec-WebSocket-Protocol: " + offered + "\r\n"));
    CHECK(response.find("\r\nSec-WebSocket-Protocol: " + answered + "\r\n") != response.npos);
    CHECK(w.spoken == spoken);
}

TEST_CASE("upgrade: the address may have a query, and its dollar may be escaped") {
    const std::string target =
        GENERATE("/$iothub/websocket?iothub-no-client-cert=true", "/%24iothub/websocket",
                 "/$iothub/websocket?api-version=2021-04-12", "/$servicebus/websocket",
                 "/$servicebus/websocket/");
    upgrade_world w;
    CHECK(w.exchange(ask_for(target, usual + with_key + for_mqtt)).starts_with("HTTP/1.1 101 "));
}

TEST_CASE("upgrade: what a browser and the SDKs add is no hindrance") {
    upgrade_world w;
    const std::string fields =
        "Host: localhost:443\r\nupgrade: WebSocket\r\nconnection: keep-alive, Upgrade\r\n"
        "sec-websocket-version: 13\r\nSec-WebSocket-Extensions: permessage-deflate; "
        "client_max_window_bits\r\nOrigin: https://localhost\r\nAuthorization: nonsense\r\n";
    const std::string response = w.exchange(ask_for(address, fields + with_key + for_mqtt));
    CHECK(response.starts_with("HTTP/1.1 101 "));
    CHECK(response.find("Extensions") == response.npos);
}

TEST_CASE("upgrade: bytes behind the request are the protocol's") {
    const std::string script = good + frame(binary, "a") + frame(binary, "bc");
    for (std::size_t cut = 1; cut < script.size(); ++cut) {
        upgrade_world w;
        std::string sent = w.exchange(script.substr(0, cut));
        sent += w.exchange(script.substr(cut));
        REQUIRE(w.sink);
        REQUIRE(w.sink->text == "abc");
        CHECK(sent.starts_with("HTTP/1.1 101 "));
    }
}

TEST_CASE("upgrade: earlier requests are answered first") {
    upgrade_world w;
    const std::string sent =
        w.exchange(rest_world::request("PUT", "/devices/d", "{}") +
                   rest_world::request("GET", "/devices/d") + good + frame(binary, "abc"));
    const std::size_t upgraded = sent.find("HTTP/1.1 101 ");
    REQUIRE(upgraded != sent.npos);
    const auto answers = read_answers(sent.substr(0, upgraded));
    REQUIRE(answers.size() == 2);
    CHECK(answers[1].document()["deviceId"] == "d");
    CHECK(w.sink->text == "abc");
}

TEST_CASE("upgrade: nothing comes of it when an earlier answer ends the connection") {
    upgrade_world w;
    const std::string sent =
        w.exchange(rest_world::request("GET", "/devices", {}, "Connection: close\r\n") + good);
    CHECK(read_answers(sent).size() == 1);
    CHECK(w.spoken.empty());
}

TEST_CASE("upgrade: what is no proper upgrade is refused with the reason") {
    const auto [request, status, word] = GENERATE(table<std::string, int, std::string>({
        {ask_for("/", usual + with_key + for_mqtt), 404, "only"},
        {ask_for("/$iothub/websockets", usual + with_key + for_mqtt), 404, "only"},
        {ask_for("/devices", usual + with_key + for_mqtt), 404, "only"},
        {ask_for(address, usual + with_key + for_mqtt, "POST"), 405, "GET"},
        {ask_for(address, "Host: h\r\n"), 426, "Only WebSocket"},
        {ask_for(address, "Host: h\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n"), 426, "Only"},
        {ask_for(address, "Host: h\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" +
                              with_key + for_mqtt),
         400, "Connection"},
        {ask_for(address, "Host: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Version: 8\r\n" +
                              with_key + for_mqtt),
         426, "version 13"},
        {ask_for(address,
                 "Host: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" + with_key + for_mqtt),
         426, "version 13"},
        {ask_for(address, usual + for_mqtt), 400, "Key"},
        {ask_for(address, usual + with_key + with_key + for_mqtt), 400, "Key"},
        {ask_for(address, usual + "Sec-WebSocket-Key: short\r\n" + for_mqtt), 400, "Key"},
        {ask_for(address, usual + "Sec-WebSocket-Key: AAAA\r\n" + for_mqtt), 400, "Key"},
        {ask_for(address, usual + with_key), 400, "mqtt AMQPWSB10"},
        {ask_for(address, usual + with_key + "Sec-WebSocket-Protocol: soap, ,\r\n"), 400,
         "mqtt AMQPWSB10"},
    }));
    INFO(request);
    upgrade_world w;
    const auto answers = read_answers(w.exchange(request));
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].status == status);
    CHECK(answers[0].body.find(word) != std::string::npos);
    CHECK(w.log.mentions(word));
    CHECK(w.spoken.empty());
    CHECK(w.hub.count().requests == 1);
    CHECK(w.hub.count().failed_requests == 1);
    if (status == 426) {
        CHECK(answers[0].header("Sec-WebSocket-Version") == "13");
        CHECK(answers[0].header("Upgrade") == "websocket");
    }
    if (status == 405) {
        CHECK(answers[0].header("Allow") == "GET");
    }
    // The connection is still one of HTTP.
    CHECK(w.ask("GET", "/devices").status == 200);
}

TEST_CASE("upgrade: HTTP/1.0 cannot") {
    upgrade_world w;
    const auto answers = read_answers(
        w.exchange("GET " + address + " HTTP/1.0\r\n" + usual + with_key + for_mqtt + "\r\n"));
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].status == 400);
}

TEST_CASE("upgrade: a connection that serves no WebSocket says so") {
    rest_world w;
    const auto answers = read_answers(w.exchange(good));
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].status == 400);
}

TEST_CASE("upgrade: an offer of HTTP/2 is ignored") {
    upgrade_world w;
    const std::string h2 = "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n";
    CHECK(w.ask("GET", "/devices", {}, h2).status == 200);
}

TEST_CASE("upgrade: a page of another host is refused, whatever its port") {
    const auto asked_by = [](const std::string& host, const std::string& origin) {
        upgrade_world w;
        const std::string fields = "Host: " + host +
                                   "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                   "Sec-WebSocket-Version: 13\r\nOrigin: " +
                                   origin + "\r\n";
        return w.exchange(ask_for(address, fields + with_key + for_mqtt)).substr(9, 3);
    };
    CHECK(asked_by("localhost", "https://localhost:443") == "101");
    CHECK(asked_by("LOCALHOST:443", "https://localhost") == "101");
    CHECK(asked_by("127.0.0.1", "127.0.0.1") == "101");
    CHECK(asked_by("[::1]:443", "https://[::1]") == "101");
    CHECK(asked_by("localhost", "https://evil.example") == "403");
    CHECK(asked_by("localhost", "https://localhost.evil.example") == "403");
    CHECK(asked_by("localhost", "null") == "403");
}
