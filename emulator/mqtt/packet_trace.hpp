#pragma once
// Names each control packet of a connection in the log, at the level trace:
// "127.0.0.1:50312 <- PUBLISH devices/dev1/messages/events/ (54 bytes)", where "<-" came from the
// client. Called by mqtt/connection.

#include <string>
#include <string_view>

#include "common/log.hpp"
#include "emulator/mqtt/codec/packet_reader.hpp"

namespace iothub::mqtt {

class packet_trace {
public:
    // The log outlives it.
    packet_trace(iothub::log& journal, std::string address);

    void received(const raw_packet& packet) const;
    void sent(std::string_view packets) const; // whole ones

private:
    void tell(std::string_view direction, const raw_packet& packet) const;

    iothub::log& journal_;
    std::string address_;
    bool wanted_;
};

} // namespace iothub::mqtt
