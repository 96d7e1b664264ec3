#include "script.hpp"

#include "support/catch.hpp"

// Bytes through frames, both ways.

using namespace iothub;
using namespace iothub::test;
using websocket::binary;
using websocket::continuation;
using websocket::frame;
using websocket::from_server;
using websocket::unfinished;

TEST_CASE("websocket: the request is answered with its key and subprotocol, without extensions") {
    const websocket_script s;
    CHECK(s.response.starts_with("HTTP/1.1 101 "));
    CHECK(s.response.ends_with("\r\n\r\n"));
    const auto has = [&](const std::string& line) {
        return s.response.find("\r\n" + line + "\r\n") != s.response.npos;
    };
    CHECK(has("Sec-WebSocket-Accept: " + std::string(websocket::accepted_key)));
    CHECK(has("Sec-WebSocket-Protocol: mqtt"));
    CHECK(has("Upgrade: websocket"));
    CHECK(has("Connection: upgrade"));
    CHECK(has("Server: a server"));
    CHECK(s.response.find("Extensions") == s.response.npos);
}

TEST_CASE("websocket: frames that came with the request are received") {
    websocket_script s(frame(binary, "first") + frame(binary, ", second"));
    CHECK(s.sink->text == "first, second");
}

TEST_CASE("websocket: half a frame that came with the request is completed later") {
    const std::string whole = frame(binary, "first");
    websocket_script s(whole.substr(0, 3));
    CHECK(s.sink->text.empty());
    CHECK(s.receive(whole.substr(3)) == "first");
}

TEST_CASE("websocket: a first frame of one byte") {
    websocket_script s;
    CHECK(s.receive(frame(binary, "\x10")) == "\x10");
    CHECK(s.receive(frame(binary, "the rest")) == "the rest");
}

TEST_CASE("websocket: several frames at once are received in their order") {
    websocket_script s;
    std::string bytes;
    std::string expected;
    for (int i = 0; i < 200; ++i) {
        bytes += frame(binary, std::to_string(i));
        expected += std::to_string(i);
    }
    CHECK(s.receive(bytes) == expected);
}

TEST_CASE("websocket: a message in fragments, with a ping between them") {
    websocket_script s;
    CHECK(s.receive(unfinished(binary, "one ") + frame(websocket::ping, "?") +
                    unfinished(continuation, "two ") + unfinished(continuation, "") +
                    frame(continuation, "three") + frame(binary, "!")) == "one two three!");
    CHECK(s.sent() == std::vector{from_server(websocket::pong, "?")});
}

TEST_CASE("websocket: empty messages are nothing") {
    websocket_script s;
    CHECK(s.receive(frame(binary, "") + frame(binary, "") + frame(binary, "x")) == "x");
}

TEST_CASE("websocket: no bytes are nothing, also in the middle of a large frame") {
    websocket_script s;
    const std::string payload(20'000, 'x');
    const std::string whole = frame(binary, payload);
    std::string received;
    for (const std::string& part : {whole.substr(0, 9'000), std::string(), whole.substr(9'000)}) {
        received += s.receive(part);
    }
    CHECK(received == payload);
}

TEST_CASE("websocket: every form of length, however the bytes are split") {
    const std::size_t size =
        GENERATE(1U, 125U, 126U, 127U, 1535U, 1536U, 4096U, 65535U, 65536U, 320U * 1024U);
    std::string payload(size, 'x');
    for (std::size_t i = 0; i < size; ++i) {
        payload[i] = static_cast<char>(i * 31);
    }
    const std::string bytes = frame(binary, payload);
    for (const std::size_t cut : {std::size_t(1), std::size_t(7), bytes.size() / 2}) {
        websocket_script s;
        std::string text = s.receive(bytes.substr(0, cut));
        text += s.receive(bytes.substr(cut));
        CHECK(text == payload);
    }
}

TEST_CASE("websocket: a conversation gives the same however it is split") {
    const std::string script = frame(binary, std::string(300, 'a')) + frame(websocket::ping, "p") +
                               unfinished(binary, "b") + frame(continuation, "c") +
                               frame(binary, "");
    for (std::size_t piece = 1; piece < script.size(); piece += piece < 12 ? 1 : 17) {
        websocket_script s;
        std::string text;
        for (std::size_t at = 0; at < script.size(); at += piece) {
            text += s.receive(script.substr(at, piece));
        }
        INFO("pieces of " << piece);
        REQUIRE(text == std::string(300, 'a') + "bc");
        REQUIRE(s.sent() == std::vector{from_server(websocket::pong, "p")});
    }
}

TEST_CASE("websocket: what is sent leaves in binary frames, unmasked") {
    websocket_script s;
    s.call([](net::byte_stream& stream) { stream.send("hello"); });
    CHECK(s.stream->queued() == 5);
    s.settle();
    CHECK(s.stream->queued() == 0);
    CHECK(s.sink->drains == 1);
    CHECK(s.sent() == std::vector{from_server(binary, "hello")});
}

TEST_CASE("websocket: a large piece leaves in several frames, whole and in order") {
    websocket_script s;
    std::string large(1'000'000, '\0');
    for (std::size_t i = 0; i < large.size(); ++i) {
        large[i] = static_cast<char>(i / 7);
    }
    s.call([&](net::byte_stream& stream) {
        stream.send(large.substr(0, 10));
        stream.send(large.substr(10));
        stream.send("");
    });
    s.settle();
    std::string text;
    for (const auto& f : s.sent()) {
        CHECK(f.first_byte == (0x80U | binary));
        text += f.payload;
    }
    CHECK(text == large);
    CHECK(s.sink->drains == 1);
}

TEST_CASE("websocket: an answer may be sent while bytes are received") {
    websocket_script s;
    s.sink->on_received = [&] { s.stream->send("answer"); };
    CHECK(s.receive(frame(binary, "question")) == "question");
    CHECK(s.sent() == std::vector{from_server(binary, "answer")});
}

TEST_CASE("websocket: the peer is who it is on the stream below") {
    const websocket_script s;
    CHECK(&s.stream->remote() == &s.below->remote());
}

TEST_CASE("websocket: another sink can take over") {
    websocket_script s;
    s.receive(frame(binary, "before"));
    const auto next = std::make_shared<websocket_sink>();
    s.call([&](net::byte_stream& stream) { stream.start(next); });
    s.receive(frame(binary, "after"));
    CHECK(next->text == "after");
    s.finish();
    CHECK(next->ends.size() == 1);
    CHECK(s.sink->ends.empty());
    s.sink->ends = next->ends;
}

TEST_CASE("websocket: a pong that nobody asked for is nothing") {
    websocket_script s;
    CHECK(s.receive(frame(websocket::pong, "?") + frame(binary, "x")) == "x");
    CHECK(s.sent().empty());
}
