#pragma once
// A peer that has proved to be a device or module with a token of its own.

#include <string>
#include <utility>

#include "peer.hpp"
#include "support/catch.hpp"

namespace iothub::test {

struct device_peer {
    explicit device_peer(
        world& in, const identity_key& who = device, peer::wake_up on_hub_output = [] {})
        : w(in)
        , key(who)
        , p(in, {"127.0.0.1:50000", {}}, {}, std::move(on_hub_output)) {
        p.open();
        REQUIRE(p.put_token(token_of(key)) == 200);
    }

    std::string at(const std::string& node) const { return "/" + path_of(key) + "/" + node; }
    bool connected() const { return w.hub.sessions().find(key) != nullptr; }

    world& w;
    identity_key key;
    peer p;
};

inline core::c2d_message message_of(const std::string& body) {
    core::c2d_message m;
    m.body = body;
    return m;
}

} // namespace iothub::test
