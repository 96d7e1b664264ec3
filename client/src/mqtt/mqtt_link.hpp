#pragma once
// One MQTT connection from its first byte to its last, as hub_session sees it: commands in, events
// out. mosquitto_link is the real one; the tests of hub_session script another.

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace iothub::client {

struct link_answered { // CONNACK
    int return_code = 0;
};
struct link_granted { // SUBACK
    int packet_id = 0;
    std::vector<bool> granted; // in the order of the filters
};
struct link_acknowledged { // PUBACK
    int packet_id = 0;
};
struct link_received { // PUBLISH
    std::string topic;
    std::string payload;
};

enum class loss {
    communication, // may heal
    no_network,    // may heal: no address, no route
    untrusted,     // TLS does not trust the server, or the server our certificate
};
struct link_lost {
    loss kind = loss::communication;
    std::string reason;
};

using link_event =
    std::variant<link_answered, link_granted, link_acknowledged, link_received, link_lost>;

class mqtt_link {
public:
    virtual ~mqtt_link() = default;

    // What happened since the last call, in order. Nothing follows a link_lost.
    virtual std::vector<link_event> take_events() = 0;

    // One SUBSCRIBE for all filters, QoS 1. The packet id; nothing where the connection is lost, of
    // which an event tells.
    virtual std::optional<int> subscribe(const std::vector<std::string>& filters) = 0;
    virtual std::optional<int> publish(const std::string& topic, std::string_view payload,
                                       int qos) = 0;

    // Sends DISCONNECT; the link is of no use afterwards.
    virtual void disconnect() = 0;

    // For the loop that waits: the socket, or -1; whether it waits to write; and what to do when it
    // is ready (the revents of poll, 0 when only time went by).
    virtual int descriptor() const = 0;
    virtual bool wants_write() const = 0;
    virtual void process(short ready) = 0;
};

} // namespace iothub::client
