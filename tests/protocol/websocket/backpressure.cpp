#include "script.hpp"

#include "support/catch.hpp"

// What waits, and that it is bounded.

using namespace iothub;
using namespace iothub::test;
using websocket::binary;
using websocket::frame;
using websocket::from_server;

TEST_CASE("websocket: queued() is what the peer has not taken") {
    websocket_script s;
    s.below->stop_taking();
    s.call([](net::byte_stream& stream) { stream.send(std::string(100'000, 'x')); });
    s.settle();
    CHECK(s.stream->queued() == 100'000);
    CHECK(s.below->queued() < 40'000); // the rest waits for it
    CHECK(s.sink->drains == 0);
    for (int i = 0; i < 3; ++i) {
        s.below->take_again();
        s.below->stop_taking();
        s.settle();
    }
    CHECK(s.stream->queued() < 10'000);
    CHECK(s.stream->queued() > 0);
    CHECK(s.sink->drains == 0);
    s.below->take_again();
    s.settle();
    CHECK(s.stream->queued() == 0);
    CHECK(s.sink->drains == 1);
}

TEST_CASE("websocket: a paused stream receives nothing, and everything afterwards") {
    websocket_script s;
    s.call([](net::byte_stream& stream) { stream.pause_reading(); });
    CHECK(s.below->paused());
    CHECK(s.receive(frame(binary, "one ") + frame(binary, "two ")).empty());
    CHECK(s.receive(frame(binary, "three")).empty());
    s.call([](net::byte_stream& stream) { stream.resume_reading(); });
    CHECK(s.sink->text.empty());
    s.settle();
    CHECK(s.sink->text == "one two three");
    CHECK_FALSE(s.below->paused());
}

TEST_CASE("websocket: a sink may pause from within received()") {
    websocket_script s;
    s.sink->on_received = [&] { s.stream->pause_reading(); };
    CHECK(s.receive(frame(binary, "one") + frame(binary, "two")) == "one");
    s.call([](net::byte_stream& stream) { stream.resume_reading(); });
    s.settle();
    CHECK(s.sink->text == "two");
}

TEST_CASE("websocket: pausing again before anything was received") {
    websocket_script s;
    s.call([](net::byte_stream& stream) { stream.pause_reading(); });
    CHECK(s.receive(frame(binary, "one")).empty());
    s.call([](net::byte_stream& stream) {
        stream.resume_reading();
        stream.pause_reading();
    });
    s.settle();
    CHECK(s.sink->text.empty());
    s.call([](net::byte_stream& stream) {
        stream.resume_reading();
        stream.resume_reading();
    });
    s.settle();
    CHECK(s.sink->text == "one");
}

TEST_CASE("websocket: a stream that is paused before its first byte") {
    websocket_script s;
    s.call([](net::byte_stream& stream) {
        stream.pause_reading();
        stream.resume_reading();
    });
    CHECK(s.receive(frame(binary, "one")) == "one");
}

TEST_CASE("websocket: a peer whose bytes are not read yet is held back") {
    websocket_script s;
    s.below->deliver(frame(binary, std::string(100'000, 'x')));
    CHECK(s.below->paused()); // before the loop came to read them
    s.settle();
    CHECK_FALSE(s.below->paused());
    CHECK(s.sink->text.size() == 100'000);
}

TEST_CASE("websocket: a flood of pings from a peer that does not read is held back") {
    websocket_script s;
    s.below->stop_taking();
    const std::string ping = frame(websocket::ping, std::string(125, 'p'));
    std::string piece;
    for (int i = 0; i < 100; ++i) {
        piece += ping;
    }
    int delivered = 0;
    while (!s.below->paused() && delivered < 1'000'000) {
        s.receive(piece);
        delivered += 100;
    }
    CHECK(s.below->paused());
    CHECK(delivered < 2000);
    CHECK(s.below->queued() < 1000); // a pong waits for the one before
    int answered = 0;
    while (answered < delivered) {
        s.below->take_again();
        s.settle();
        const auto pongs = s.sent();
        REQUIRE(!pongs.empty());
        answered += static_cast<int>(pongs.size());
    }
    CHECK(answered == delivered);
    CHECK_FALSE(s.below->paused());
    CHECK(s.receive(frame(binary, "still here")) == "still here");
}

TEST_CASE("websocket: pings are answered between the frames of a large piece") {
    websocket_script s;
    s.below->stop_taking();
    s.call([](net::byte_stream& stream) { stream.send(std::string(100'000, 'x')); });
    s.receive(frame(websocket::ping, "?"));
    s.below->take_again();
    s.settle();
    const auto frames = s.sent();
    REQUIRE(frames.size() == 5);
    CHECK(frames[1] == from_server(websocket::pong, "?"));
}
