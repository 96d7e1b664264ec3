#include <boost/asio/post.hpp>

#include "test_server.hpp"

using ending = loopback_client::ending;

TEST_CASE("close sends what is queued before it says goodbye") {
    test_server server(GENERATE(transport::tcp, transport::tls));
    auto client = server.connect();
    auto& sink = *server.sinks[0];
    const std::string answer = pattern(20'000'000);
    sink.call([&] {
        sink.stream->send(answer);
        sink.stream->close("done");
        sink.stream->send("too late");
        sink.stream->close("again");
    });
    const std::string got = server.run_with([&] { return client->receive_all(); });
    CHECK((got == answer));
    CHECK(client->how_it_ended() == ending::orderly);
    CHECK(sink.ends.empty());
    client.reset();
    CHECK(server.run_until([&] { return sink.ends == texts{"done"}; }));
    CHECK(server.connections->size() == 0);
    CHECK(sink.reentrances == 0);
    CHECK(sink.drains == 0);
}

TEST_CASE("a peer that is still sending when the stream is closed gets the last answer") {
    test_server server(GENERATE(transport::tcp, transport::tls));
    const auto client = server.connect();
    auto& sink = *server.sinks[0];
    sink.on_received = [&sink](std::string_view) {
        sink.stream->send("413");
        sink.stream->close("too large");
    };
    const std::string got = server.run_with([&] {
        client->send(pattern(20'000'000));
        return client->receive_all();
    });
    CHECK(got == "413");
    CHECK(client->how_it_ended() == ending::orderly);
    CHECK(sink.text.size() < 1'000'000);
}

TEST_CASE("close gives a peer up that neither reads nor closes") {
    test_server server(GENERATE(transport::tcp, transport::tls));
    const auto client = server.connect();
    auto& sink = *server.sinks[0];
    const bool something_queued = GENERATE(false, true);
    if (something_queued)
        sink.stream->send(pattern(20'000'000));
    sink.stream->close("stopping");
    CHECK(server.run_until([&] { return sink.ends == texts{"stopping"}; }));
    CHECK(server.connections->size() == 0);
}

TEST_CASE("abort resets the connection and tells the sink afterwards") {
    test_server server(GENERATE(transport::tcp, transport::tls));
    server.on_sink = [](recording_sink& sink) {
        sink.on_received = [&sink](std::string_view) {
            sink.stream->abort("bad packet");
            sink.stream->send("too late");
            sink.stream->abort("again");
            sink.stream->resume_reading();
        };
    };
    const auto client = server.connect();
    auto& sink = *server.sinks[0];
    const std::string got = server.run_with([&] {
        client->send("x");
        return client->receive_all();
    });
    CHECK(got.empty());
    CHECK(client->how_it_ended() == ending::reset);
    CHECK(server.run_until([&] { return sink.ends == texts{"bad packet"}; }));
    CHECK(sink.reentrances == 0);
    CHECK(server.connections->size() == 0);
}

TEST_CASE("a peer that has finished sending still gets the answer") {
    test_server server(GENERATE(transport::tcp, transport::tls));
    const bool at_the_end_of_the_turn = GENERATE(false, true);
    server.on_sink = [&](recording_sink& sink) {
        sink.on_received = [&, at_the_end_of_the_turn](std::string_view bytes) {
            const std::string answer = "answer to " + std::string(bytes);
            if (at_the_end_of_the_turn)
                boost::asio::post(server.loop, [&sink, answer] { sink.stream->send(answer); });
            else
                sink.stream->send(answer);
        };
    };
    const auto client = server.connect();
    const std::string got = server.run_with([&] {
        client->send("hello");
        client->finish_sending();
        return client->receive_all();
    });
    CHECK(got == "answer to hello");
    CHECK(client->how_it_ended() == ending::orderly);
    CHECK(server.run_until([&] { return server.sinks[0]->ends == texts{"closed by the peer"}; }));
}

TEST_CASE("a peer that vanishes ends the stream once") {
    test_server server(GENERATE(transport::tcp, transport::tls));
    const auto client = server.connect();
    auto& sink = *server.sinks[0];
    SECTION("with a reset while nothing happens") {
        client->reset();
        CHECK(server.run_until([&] { return sink.ends == texts{"reset by the peer"}; }));
    }
    SECTION("with a reset while bytes are queued") {
        sink.call([&] { sink.stream->send(pattern(20'000'000)); });
        REQUIRE(sink.stream->queued() > 0);
        client->reset();
        CHECK(server.run_until([&] { return sink.ends.size() == 1; }));
        CHECK(sink.stream->queued() == 0);
    }
    SECTION("and writing to it raises no signal") {
        client->reset();
        sink.call([&] {
            for (int round = 0; round < 10; ++round)
                sink.stream->send("anybody there?");
        });
        CHECK(server.run_until([&] { return sink.ends.size() == 1; }));
    }
    CHECK(sink.reentrances == 0);
    CHECK(server.connections->size() == 0);
}

TEST_CASE("a stream that ended before it was started tells its sink") {
    test_server server(transport::tcp);
    server.on_sink = [](recording_sink& sink) { sink.stream->abort("not wanted"); };
    const auto client = server.connect();
    CHECK(server.run_until([&] { return server.sinks[0]->ends == texts{"not wanted"}; }));
}

TEST_CASE("all connections can be ended, those still shaking hands included") {
    test_server server(transport::tls);
    const auto client = server.connect();
    const loopback_client silent(server.port);
    REQUIRE(server.run_until([&] { return server.connections->size() == 2; }));
    const bool orderly = GENERATE(true, false);
    if (orderly)
        server.connections->close_all("stopping");
    else
        server.connections->abort_all("stopping");
    server.run_with([&] { client->receive_all(); });
    CHECK((client->how_it_ended() == ending::orderly) == orderly);
    client->reset();
    CHECK(server.run_until([&] { return server.connections->size() == 0; }));
    CHECK(server.run_until([&] { return server.sinks[0]->ends == texts{"stopping"}; }));
    CHECK(server.sinks.size() == 1);
}
