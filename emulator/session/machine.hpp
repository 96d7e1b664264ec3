#pragma once
// What a protocol's conversation with one client offers its session: bytes in, bytes out, a
// deadline, and an end with a reason. It knows no socket, no timer and no loop. Implemented by
// mqtt/connection and amqp/connection.

#include <cstddef>
#include <string>
#include <string_view>

#include "common/timestamp.hpp"

namespace iothub::session {

class machine {
public:
    // Output at which no further input is taken, until somebody takes it away.
    static constexpr std::size_t enough_output = 256 * 1024;

    virtual ~machine() = default;

    // Bytes of the peer, split anyhow. What they cause may leave when the turn is committed.
    virtual void receive(std::string_view bytes) = 0;

    // There is enough output: input waits, and the peer should be held back. Once the output was
    // taken, resume() goes on with what waits.
    virtual bool blocked() const = 0;
    virtual void resume() = 0;

    // Until then the hub's own messages wait: the stream has enough to send.
    virtual void hold_back() = 0;

    virtual bool has_output() const = 0;
    virtual std::string take_output() = 0;

    // When check_deadline() has something to do, unless the peer is heard before.
    virtual timestamp deadline() const = 0;
    virtual void check_deadline() = 0;

    // After its end it takes no input; what it has put out may still leave.
    virtual bool ended() const = 0;
    virtual const std::string& end_reason() const = 0;

    // The stream has ended, or could not be used any longer.
    virtual void stream_ended(std::string_view reason) = 0;
};

} // namespace iothub::session
