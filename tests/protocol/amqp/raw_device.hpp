#pragma once
// A peer of bytes that has opened and put its device's token; handles 0 and 1 are taken.

#include "raw_peer.hpp"
#include "support/catch.hpp"

namespace iothub::test {

struct raw_device : raw_peer {
    explicit raw_device(world& w)
        : raw_peer(w) {
        const auto all = device_conversation();
        send_each({all.begin(), all.begin() + 7});
        REQUIRE_FALSE(ended());
    }
};

} // namespace iothub::test
