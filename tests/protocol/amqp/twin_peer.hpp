#pragma once
// A device with a pair of links to its twin.

#include <cstdint>
#include <string>

#include "device_peer.hpp"

namespace iothub::test {

struct twin_peer {
    explicit twin_peer(world& w)
        : d(w)
        , in(d.p.receiver(d.at("twin"), of("twin:1")))
        , out(d.p.sender(d.at("twin"), of("twin:1"))) {
        REQUIRE(in.attached);
        REQUIRE(out.attached);
    }

    static attach_options of(const std::string& channel) {
        return {.name = {},
                .properties = {
                    {amqp::symbol{"com.microsoft:channel-correlation-id"}, amqp::value(channel)}}};
    }

    static amqp::message request(const std::string& operation, const std::string& resource = {},
                                 const std::string& body = {}) {
        amqp::message made;
        made.annotations = {{amqp::symbol{"operation"}, operation}};
        if (!resource.empty()) {
            made.annotations.emplace_back(amqp::symbol{"resource"}, resource);
        }
        made.properties.emplace();
        made.properties->correlation_id = amqp::value("id of " + operation);
        if (!body.empty()) {
            made.data = {body};
        }
        return made;
    }

    // The one reply.
    received_message asks(const amqp::message& what) {
        d.p.send(out, what);
        REQUIRE(in.inbox.size() == 1);
        received_message got = in.inbox.front();
        in.inbox.pop_front();
        return got;
    }

    device_peer d;
    peer_link& in;
    peer_link& out;
};

inline int status_of(const received_message& reply) {
    const auto* status = amqp::find(reply.content.annotations, "status");
    REQUIRE(status != nullptr);
    REQUIRE(status->as<std::int32_t>() != nullptr);
    return *status->as<std::int32_t>();
}

inline std::string body_of(const received_message& reply) {
    REQUIRE(reply.content.data.size() == 1);
    return reply.content.data.front();
}

} // namespace iothub::test
