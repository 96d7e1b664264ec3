#pragma once
// What a connection lends its nodes. All of it outlives them.

#include <functional>
#include <string>

#include "emulator/amqp/conditions.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/core/store.hpp"
#include "emulator/net/byte_stream.hpp"

namespace iothub::amqp {

class credentials;
class send_turns;

struct context {
    core::hub& hub;
    credentials& proved;
    const net::peer& peer;
    const std::string& transport; // "amqp" or "amqp-ws"

    // To be called when a node made output, or ended a link, outside of a call by the engine.
    std::function<void()> on_output;

    // For nodes that put out much by themselves.
    send_turns& turns;

    // A line about `who`, an identity or the peer's address.
    void write_log(log_level level, const std::string& who, std::string_view text) const {
        hub.journal().write(level, "amqp", (who + ": ").append(text));
    }

    // The store could not be read for the peer: counted, and told as "what: why".
    void write_fault(std::string_view what, const core::store_fault& why) const {
        ++hub.count().errors;
        write_log(log_level::error, peer.address, std::string(what).append(": ") + why.what());
    }
};

} // namespace iothub::amqp
