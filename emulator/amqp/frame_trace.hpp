#pragma once
// Names each frame of a connection in the log, at the level trace: "127.0.0.1:50312 <- transfer on
// channel 0 (213 bytes)", where "<-" came from the client. Called by amqp/connection.

#include <string>
#include <string_view>

#include "common/log.hpp"
#include "emulator/amqp/engine/frame_reader.hpp"

namespace iothub::amqp {

class frame_trace {
public:
    // The log outlives it.
    frame_trace(iothub::log& journal, std::string address);

    // Bytes as they came or went, however they were split.
    void received(std::string_view bytes) { tell("<-", received_, bytes); }
    void sent(std::string_view bytes) { tell("->", sent_, bytes); }

private:
    void tell(std::string_view direction, frame_reader& reader, std::string_view bytes);

    iothub::log& journal_;
    std::string address_;
    bool wanted_; // until bytes come that are no frames
    frame_reader received_;
    frame_reader sent_;
};

// "open on channel 0", "sasl-init", "header of AMQP 1.0.0"; "empty" where a frame has no body.
std::string describe_frame(std::string_view unit);

} // namespace iothub::amqp
