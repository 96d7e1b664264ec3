// Frames in the log, at the level trace (docs/troubleshooting.md).

#include <algorithm>

#include "emulator/amqp/frame_trace.hpp"
#include "raw_peer.hpp"
#include "support/amqp_bytes.hpp"
#include "support/catch.hpp"

using namespace iothub;
using namespace iothub::test;
using iothub::test::amqp_bytes::hex;

namespace {

// Of the lines at the level trace, without the peer's address and the number of bytes.
std::vector<std::string> traces_of(const recording_log& log) {
    std::vector<std::string> found;
    for (const auto& line : log.lines()) {
        if (line.level == log_level::trace) {
            const std::size_t from = std::min(line.text.find("<-"), line.text.find("->"));
            found.push_back(line.text.substr(from, line.text.rfind(" (") - from));
        }
    }
    return found;
}

bool is_there(const std::vector<std::string>& all, const std::string& one) {
    return std::ranges::find(all, one) != all.end();
}

} // namespace

TEST_CASE("each frame is named in the log, at the level trace, and no token") {
    world w;
    w.log.trace();
    raw_peer peer(w);
    peer.send_each(device_conversation());
    const auto all = traces_of(w.log);
    for (const char* expected :
         {"<- header of AMQP 1.0.0", "-> header of AMQP 1.0.0", "<- open on channel 0",
          "-> open on channel 0", "<- begin on channel 0", "<- attach on channel 0",
          "-> attach on channel 0", "<- transfer on channel 0", "-> disposition on channel 0",
          "-> flow on channel 0"}) {
        INFO(expected);
        CHECK(is_there(all, expected));
    }
    CHECK_FALSE(w.log.mentions("SharedAccessSignature"));
}

TEST_CASE("frames are told apart however they are split") {
    recording_log log;
    log.trace();
    amqp::frame_trace trace(log, "peer");
    const std::string bytes = hex("41 4d 51 50 03 01 00 00") +             // SASL's header
                              hex("00 00 00 0c 02 01 00 00 00 53 41 45") + // sasl-init
                              hex("00 00 00 08 02 00 00 00") +             // a heartbeat
                              hex("00 00 00 0c 02 00 00 03 00 53 16 45");  // detach
    for (const char byte : bytes) {
        trace.received({&byte, 1});
    }
    trace.sent(bytes);
    const std::vector<std::string> one_way{"header of SASL 1.0.0", "sasl-init", "empty",
                                           "detach on channel 3"};
    std::vector<std::string> expected;
    for (const char* direction : {"<- ", "-> "}) {
        for (const std::string& frame : one_way) {
            expected.push_back(direction + frame);
        }
    }
    CHECK(traces_of(log) == expected);
}

TEST_CASE("frames that the trace does not know are called unknown") {
    CHECK(amqp::describe_frame(hex("00 00 00 0c 02 00 00 00 00 53 19 45")) ==
          "unknown on channel 0");
    CHECK(amqp::describe_frame(hex("00 00 00 0c 02 01 00 00 00 53 45 45")) == "unknown");
    CHECK(amqp::describe_frame(hex("00 00 00 09 02 00 00 01 c0")) == "unknown on channel 1");
    CHECK(amqp::describe_frame(hex("00 00 00 08 ff 00 00 00")) == "empty");
}

TEST_CASE("what is no AMQP ends the trace") {
    recording_log log;
    log.trace();
    amqp::frame_trace trace(log, "peer");
    trace.received(hex("41 4d 51 50 00 01 00 00") + hex("ff ff ff ff 02 00 00 00"));
    trace.received(hex("00 00 00 08 02 00 00 00"));
    CHECK(traces_of(log) == std::vector<std::string>{"<- header of AMQP 1.0.0"});
}
