#pragma once
// What a hub says over MQTT, for the scripts of a tls_stub: single steps, and a small hub that
// answers everything until the client goes.

#include <functional>
#include <string>

#include <iothub/client_options.hpp>

#include "integration/client/tls_stub.hpp"
#include "support/inbox.hpp"

namespace iothub::test {

struct mqtt_packet {
    unsigned type = 0; // 1 CONNECT, 3 PUBLISH, 4 PUBACK, 8 SUBSCRIBE, 12 PINGREQ, 14 DISCONNECT
    unsigned flags = 0;
    std::string body;

    // Of a PUBLISH.
    unsigned qos() const { return flags >> 1 & 3; }
    std::string topic() const;
    unsigned packet_id() const; // of a PUBACK and a SUBSCRIBE too
    std::string payload() const;
};

mqtt_packet read_packet(stub_peer& peer);

// Reads the CONNECT and answers it.
mqtt_packet answer_connect(stub_peer& peer, unsigned return_code = 0);

struct stub_hub {
    std::string twin = R"({"desired":{"$version":1},"reported":{"$version":1}})";
    int patch_status = 204;
    std::string patch_answer;
    bool acknowledges = true; // QoS 1 messages
    bool answers_twin = true;

    // What arrived: "topic|payload", the packet itself of a CONNECT, the packet id of a PUBACK.
    inbox<std::string> published;
    inbox<mqtt_packet> connected;
    inbox<unsigned> acknowledged;
    std::function<void(stub_peer&)> after_subscribe = [](stub_peer&) {};

    // The script: accepts, then answers until the client goes.
    tls_stub::script script();

private:
    void answer(stub_peer& peer, const mqtt_packet& packet);
    void answer_publish(stub_peer& peer, const mqtt_packet& packet);
};

inline constexpr const char* test_key = "MDEyMzQ1Njc4OQ==";

// Trusts the stub; time-outs and delays suit a test.
client_options trusting(const tls_stub& stub);

// Of the module m of the device d.
std::string module_string(const tls_stub& stub, const std::string& host = "localhost");

} // namespace iothub::test
