#pragma once
// A device with a pair of links for direct methods.

#include <string>

#include "device_peer.hpp"

namespace iothub::test {

struct method_peer {
    explicit method_peer(world& w, int credit = 100)
        : d(w)
        , in(d.p.receiver(d.at("methods/devicebound"), {.name = {}, .credit = credit}))
        , out(d.p.sender(d.at("methods/devicebound"))) {
        REQUIRE(in.attached);
        REQUIRE(out.attached);
    }

    void invoke(const std::string& payload = "{\"n\":3}") {
        d.w.hub.methods().invoke(device, {"blink", payload}, [this](const auto& outcome) {
            answer = outcome ? std::to_string(outcome->status) + " " + outcome->payload
                             : outcome.error().message;
        });
        d.p.run();
    }

    disposition responds(const amqp::value& id, const amqp::value& status,
                         const std::string& payload) {
        amqp::message made = text_message(payload);
        made.properties.emplace();
        made.properties->correlation_id = id;
        made.application_properties = {{"IoThub-status", status}};
        return out.sent[d.p.send(out, made)];
    }

    std::string answer; // outlives the connection, whose end may answer
    device_peer d;
    peer_link& in;
    peer_link& out;
};

} // namespace iothub::test
