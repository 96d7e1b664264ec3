#include "script.hpp"

#include "support/catch.hpp"

// What a peer must not do: each is answered with a close frame that says what it was, and the
// connection ends.

using namespace iothub;
using namespace iothub::test;
using websocket::binary;
using websocket::continuation;
using websocket::frame;
using websocket::masked;
using websocket::unfinished;

namespace {

struct fault {
    const char* name;
    std::string bytes;
    unsigned code;
};

const std::size_t limit = 320 * 1024;

const std::vector<fault> faults{
    {"an unmasked frame", websocket::unmasked(binary, "x"), 1002},
    {"reserved bit 1 (compression was not agreed on)", masked(0x80U | 0x40U | binary, "x"), 1002},
    {"reserved bit 2", masked(0x80U | 0x20U | binary, "x"), 1002},
    {"reserved bit 3", masked(0x80U | 0x10U | binary, "x"), 1002},
    {"an opcode for data that does not exist", masked(0x83, "x"), 1002},
    {"an opcode for control that does not exist", masked(0x8b, "x"), 1002},
    {"a giant frame, of which only the head comes",
     websocket::head(0x82, std::uint64_t(1) << 40, true) + "mask", 1009},
    {"a frame of a byte too many", websocket::head(0x82, limit + 1, true) + "mask", 1009},
    {"a message of a byte too many",
     unfinished(binary, std::string(limit, 'x')) + frame(continuation, "x"), 1009},
    {"a length over 63 bits", "\x82\xff" + websocket::big_endian(~std::uint64_t(0), 8) + "mask",
     1009},
    {"a length written longer than needed", std::string("\x82\xfe\x00\x01maskx", 9), 1002},
    {"a ping of 126 bytes", frame(websocket::ping, std::string(126, 'x')), 1002},
    {"a ping in fragments", unfinished(websocket::ping, "x"), 1002},
    {"a continuation of nothing", frame(continuation, "x"), 1002},
    {"a new message within another", unfinished(binary, "x") + frame(binary, "y"), 1002},
    {"a text frame", frame(websocket::text, "hello"), 1003},
    {"an empty text frame", frame(websocket::text, ""), 1003},
    {"a text frame that is not UTF-8", frame(websocket::text, "\xff\xfe"), 1007},
    {"a close frame of one byte", frame(websocket::close, "x"), 1002},
    {"a close code that may not be sent", websocket::close_frame(1005), 1002},
    {"a close code that means nothing", websocket::close_frame(999), 1002},
};

} // namespace

TEST_CASE("websocket: a fault is answered with its close code and ends the connection") {
    const fault& f = GENERATE(from_range(faults));
    INFO(f.name);
    websocket_script s;
    CHECK(s.receive(frame(binary, "before") + f.bytes).starts_with("before"));
    CHECK(s.sent() == std::vector{websocket::close_from_server(f.code)});
    if (f.code == 1003) { // a polite refusal: the peer may answer
        CHECK(s.sink->ends.empty());
        s.receive(websocket::close_frame(1003));
    }
    CHECK(s.below->ended());
    CHECK_FALSE(s.below->aborted());
    REQUIRE(s.sink->ends.size() == 1);
    CHECK(s.sink->ends[0].starts_with("WebSocket: "));
}

TEST_CASE("websocket: after a fault nothing is received or sent") {
    const fault& f = GENERATE(from_range(faults));
    INFO(f.name);
    websocket_script s;
    s.receive(f.bytes + frame(binary, "after"));
    s.sent();
    s.call([](net::byte_stream& stream) {
        stream.send("too late");
        stream.resume_reading();
        stream.close("too late");
    });
    CHECK(s.receive(frame(binary, "after")).find("after") == std::string::npos);
    CHECK(s.sent().empty());
}

TEST_CASE("websocket: a text frame that is not answered ends all the same") {
    websocket_script s({}, {.close = std::chrono::milliseconds(5)});
    s.receive(frame(websocket::text, "hello"));
    CHECK(s.run_until([&] { return s.below->ended(); }));
    s.finish();
    CHECK(s.sink->ends ==
          std::vector<std::string>{"WebSocket: a text frame, where only binary ones are spoken"});
}

TEST_CASE("websocket: random bytes end the connection or are nothing") {
    std::uint32_t state = 7;
    for (int round = 0; round < 300; ++round) {
        std::string bytes(200, '\0');
        for (char& c : bytes) {
            c = static_cast<char>((state = state * 1664525U + 1013904223U) >> 24);
        }
        websocket_script s;
        s.receive(bytes);
        CHECK(s.sent().size() <= 2);
    }
}
