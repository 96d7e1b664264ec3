#include "script.hpp"

#include "support/catch.hpp"

// The ways a WebSocket ends.

using namespace iothub;
using namespace iothub::test;
using namespace std::chrono_literals;
using websocket::binary;
using websocket::close_frame;
using websocket::close_from_server;
using websocket::frame;
using websocket::from_server;

using texts = std::vector<std::string>;

TEST_CASE("websocket: a close frame of the peer is answered, and reported at once") {
    websocket_script s;
    CHECK(s.receive(frame(binary, "last") + close_frame(1000)) == "last");
    CHECK(s.sent() == std::vector{close_from_server(1000)});
    CHECK(s.below->ended());
    CHECK(s.sink->ends == texts{"closed by the peer"});
}

TEST_CASE("websocket: a close frame without a code is answered") {
    websocket_script s;
    s.receive(frame(websocket::close, ""));
    CHECK(s.sent() == std::vector{close_from_server(1000)});
    CHECK(s.sink->ends == texts{"closed by the peer"});
}

TEST_CASE("websocket: an unusual close code stands in the reason") {
    websocket_script s;
    s.receive(frame(websocket::close, websocket::big_endian(1011, 2) + "out of memory"));
    CHECK(s.sink->ends == texts{"closed by the peer with WebSocket code 1011"});
}

TEST_CASE("websocket: close() sends a close frame and waits for the peer's") {
    websocket_script s;
    s.call([](net::byte_stream& stream) { stream.close("enough"); });
    s.settle();
    CHECK(s.sent() == std::vector{close_from_server(1000)});
    CHECK_FALSE(s.below->ended());
    CHECK(s.sink->ends.empty());
    CHECK(s.receive(frame(binary, "too late") + close_frame(1000)).empty());
    CHECK(s.below->ended());
    CHECK(s.sink->ends == texts{"enough"});
    CHECK(s.sent().empty());
}

TEST_CASE("websocket: close() sends what is queued first") {
    websocket_script s;
    s.call([](net::byte_stream& stream) {
        stream.send("first");
        stream.send("second");
        stream.close("enough");
        stream.send("too late");
        stream.close("again");
    });
    s.settle();
    CHECK(s.sent() == std::vector{from_server(binary, "first"), from_server(binary, "second"),
                                  close_from_server(1000)});
    s.receive(close_frame(1000));
    CHECK(s.sink->ends == texts{"enough"});
}

TEST_CASE("websocket: close() while reading is paused") {
    websocket_script s;
    s.call([](net::byte_stream& stream) { stream.pause_reading(); });
    CHECK(s.receive(frame(binary, "kept back")).empty());
    s.call([](net::byte_stream& stream) { stream.close("enough"); });
    s.settle();
    CHECK_FALSE(s.below->paused());
    CHECK(s.receive(close_frame(1000)).empty());
    CHECK(s.sink->ends == texts{"enough"});
}

TEST_CASE("websocket: both sides close at the same time") {
    websocket_script s;
    s.call([](net::byte_stream& stream) { stream.close("enough"); });
    s.receive(close_frame(1001));
    CHECK(s.sent() == std::vector{close_from_server(1000)});
    CHECK(s.sink->ends == texts{"enough"});
}

TEST_CASE("websocket: a peer that does not answer the close frame is left") {
    websocket_script s({}, {.close = 5ms});
    s.call([](net::byte_stream& stream) { stream.close("enough"); });
    CHECK(s.run_until([&] { return s.below->ended(); }));
    CHECK_FALSE(s.below->aborted());
    s.finish();
    CHECK(s.sink->ends == texts{"enough"});
}

TEST_CASE("websocket: a peer that does not read is dropped some time after close()") {
    websocket_script s({}, {.close = 5ms});
    s.below->stop_taking();
    s.call([](net::byte_stream& stream) {
        stream.send("unread");
        stream.close("enough");
    });
    CHECK(s.run_until([&] { return s.below->aborted(); }));
    s.finish();
    CHECK(s.sink->ends == texts{"enough"});
}

TEST_CASE("websocket: abort() drops the connection at once") {
    websocket_script s;
    s.below->stop_taking();
    s.call([](net::byte_stream& stream) {
        stream.send("lost");
        stream.abort("too much");
        stream.send("too late");
    });
    CHECK(s.below->aborted());
    CHECK(s.receive(frame(binary, "too late")).empty());
    s.finish();
    CHECK(s.sink->ends == texts{"too much"});
}

TEST_CASE("websocket: abort() after close()") {
    websocket_script s;
    s.call([](net::byte_stream& stream) {
        stream.close("enough");
        stream.abort("too slow");
    });
    CHECK(s.below->aborted());
    s.finish();
    CHECK(s.sink->ends == texts{"enough"});
}

TEST_CASE("websocket: the end of the stream below is the end") {
    websocket_script s;
    s.finish("reset by the peer");
    CHECK(s.sink->ends == texts{"reset by the peer"});
}

TEST_CASE("websocket: what came before an abrupt end is received") {
    websocket_script s;
    std::string bytes;
    for (int i = 0; i < 100; ++i) {
        bytes += frame(binary, "x");
    }
    s.sink->on_received = [&] { s.stream->send("answer"); };
    s.below->deliver(bytes + frame(binary, "half").substr(0, 8));
    s.finish();
    CHECK(s.sink->text == std::string(100, 'x') + "ha");
    CHECK(s.sink->ends == texts{"closed by the peer"});
}

TEST_CASE("websocket: the stream below ends at any point of a conversation") {
    const std::string script = frame(binary, "one") + frame(websocket::ping, "p") +
                               frame(binary, std::string(200, 'x')) + close_frame(1000);
    for (std::size_t length = 0; length <= script.size(); ++length) {
        websocket_script s;
        s.below->deliver(script.substr(0, length));
        s.finish("gone");
        REQUIRE(s.sink->ends.size() == 1);
        CHECK(s.sink->ends[0] == (length < script.size() ? "gone" : "closed by the peer"));
    }
}

TEST_CASE("websocket: the stream below ends during close()") {
    websocket_script s;
    s.call([](net::byte_stream& stream) {
        stream.send("bytes");
        stream.close("enough");
    });
    s.finish();
    CHECK(s.sink->ends == texts{"enough"});
}

TEST_CASE("websocket: the stream below ends while reading is paused") {
    websocket_script s;
    s.call([](net::byte_stream& stream) { stream.pause_reading(); });
    s.finish("reset by the peer");
    CHECK(s.sink->ends == texts{"reset by the peer"});
}

TEST_CASE("websocket: a sink that pauses while the last bytes are received hears of the end") {
    websocket_script s;
    s.sink->on_received = [&] { s.stream->pause_reading(); };
    s.below->deliver(frame(binary, "one") + frame(binary, "two"));
    s.finish("gone");
    CHECK(s.sink->ends == texts{"gone"});
}

TEST_CASE("websocket: the stream below ends before the request is answered") {
    boost::asio::io_context loop;
    const auto below = std::make_shared<fake_stream>();
    const auto sink = std::make_shared<websocket_sink>();
    below->stop_taking();
    net::accept_websocket(loop.get_executor(), below, {websocket::key, "mqtt", {}, {}})
        ->start(sink);
    loop.poll();
    below->finish("gone");
    loop.restart();
    loop.poll();
    CHECK(sink->ends == texts{"gone"});
}

TEST_CASE("websocket: close() and abort() before the request is answered") {
    const bool aborted = GENERATE(false, true);
    boost::asio::io_context loop;
    const auto below = std::make_shared<fake_stream>();
    const auto sink = std::make_shared<websocket_sink>();
    below->stop_taking();
    const auto stream =
        net::accept_websocket(loop.get_executor(), below, {websocket::key, "mqtt", {}, {}});
    stream->start(sink);
    aborted ? stream->abort("enough") : stream->close("enough");
    CHECK(below->ended());
    CHECK(below->aborted() == aborted);
    below->finish();
    loop.poll();
    CHECK(sink->ends == texts{"enough"});
}

TEST_CASE("websocket: a stream that was closed before it was started says so") {
    boost::asio::io_context loop;
    const auto below = std::make_shared<fake_stream>();
    const auto sink = std::make_shared<websocket_sink>();
    const auto stream =
        net::accept_websocket(loop.get_executor(), below, {websocket::key, "mqtt", {}, {}});
    stream->close("enough");
    stream->start(sink);
    CHECK(sink->ends.empty());
    loop.poll();
    CHECK(sink->ends == texts{"enough"});
}

TEST_CASE("websocket: nothing is left behind when the loop is given up in the middle") {
    const auto sink = std::make_shared<websocket_sink>();
    const std::weak_ptr<websocket_sink> watched = sink;
    const auto below = std::make_shared<fake_stream>();
    {
        boost::asio::io_context loop;
        const auto stream =
            net::accept_websocket(loop.get_executor(), below, {websocket::key, "mqtt", {}, {}});
        stream->start(sink);
        below->deliver(frame(binary, "never read"));
        stream->send("never sent");
        below->finish();
    }
    CHECK(sink->text.empty());
    CHECK(watched.use_count() == 1);
}
