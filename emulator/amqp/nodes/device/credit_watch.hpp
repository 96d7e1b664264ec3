#pragma once
// Tells when a peer that receives has more room than was known: only then may there be something
// that waits for it. The engine also tells of flow when the hub itself has sent, within the hub's
// own call. Used by the nodes that ask the hub for more.

#include <utility>

#include "emulator/amqp/engine/link.hpp"

namespace iothub::amqp {

class credit_watch {
public:
    explicit credit_watch(link& which)
        : link_(which) {}

    // Whether there is credit now; to be asked after each delivery, too.
    bool any() {
        known_ = link_.credit();
        return known_ > 0;
    }

    // Whether there is more than when this or any() was asked last.
    bool grew() {
        const int now = link_.credit();
        return now > std::exchange(known_, now);
    }

private:
    link& link_;
    int known_ = 0;
};

} // namespace iothub::amqp
