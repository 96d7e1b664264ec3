#pragma once
// What scripts of back ends begin with: a peer that may do what the policy "service" may.

#include <string>

#include "common/json_text.hpp"
#include "peer.hpp"
#include "support/catch.hpp"

namespace iothub::test {

struct back_end_peer {
    explicit back_end_peer(world& in)
        : w(in)
        , p(in) {
        p.open();
        REQUIRE(p.put_token(policy_token("service")) == 200);
    }

    // Whether there is a delivery; the oldest is taken off and stands in `last`.
    bool take(peer_link& from) {
        if (from.inbox.empty()) {
            return false;
        }
        last = from.inbox.front();
        from.inbox.pop_front();
        return true;
    }

    world& w;
    peer p;
    received_message last;
};

} // namespace iothub::test
