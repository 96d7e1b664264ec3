#include <boost/asio/post.hpp>

#include <algorithm>

#include "test_server.hpp"

namespace {

constexpr std::size_t large = 5 * 1024 * 1024;
constexpr std::size_t high_water = 64 * 1024;

// Sends everything back, and reads no more while too much of it is queued.
void echo(recording_sink& sink, std::size_t& most_queued) {
    sink.on_received = [&sink, &most_queued](std::string_view bytes) {
        sink.stream->send(bytes);
        most_queued = std::max(most_queued, sink.stream->queued());
        if (sink.stream->queued() > high_water)
            sink.stream->pause_reading();
    };
    sink.on_drained = [&sink] { sink.stream->resume_reading(); };
}

} // namespace

TEST_CASE("bytes are echoed") {
    std::size_t most_queued = 0;
    test_server server(GENERATE(transport::tcp, transport::tls));
    server.on_sink = [&](recording_sink& sink) { echo(sink, most_queued); };
    const auto client = server.connect();
    CHECK(server.run_with([&] { return client->exchange("hello", 5); }) == "hello");
    CHECK(server.run_with([&] { return client->exchange(" again", 6); }) == " again");
    CHECK(server.sinks[0]->text == "hello again");
    CHECK(server.sinks[0]->stream->remote().address.rfind("127.0.0.1:", 0) == 0);
    CHECK(server.sinks[0]->drains == 0);
}

TEST_CASE("5 MiB go both ways at once within the bound of the queue") {
    std::size_t most_queued = 0;
    test_server server(GENERATE(transport::tcp, transport::tls));
    server.on_sink = [&](recording_sink& sink) { echo(sink, most_queued); };
    const auto client = server.connect();
    const std::string sent = pattern(large);
    const std::string back = server.run_with([&] { return client->exchange(sent, sent.size()); });
    CHECK((back == sent));
    CHECK(most_queued <= 2 * high_water);
}

TEST_CASE("a peer that does not read holds the queue, and reading drains it once") {
    test_server server(GENERATE(transport::tcp, transport::tls));
    const auto client = server.connect();
    auto& sink = *server.sinks[0];
    const std::string sent = pattern(4 * large);
    sink.call([&] { sink.stream->send(sent); });
    CHECK(sink.stream->queued() > 0);
    CHECK(sink.stream->queued() < sent.size());
    sink.call([&] { sink.stream->send("end"); });
    const std::string got =
        server.run_with([&] { return client->receive(sent.size() + std::string("end").size()); });
    CHECK((got == sent + "end"));
    CHECK(server.run_until([&] { return sink.drains == 1; }));
    CHECK(sink.stream->queued() == 0);
    CHECK(sink.reentrances == 0);
}

TEST_CASE("a paused stream receives nothing until it is resumed") {
    test_server server(GENERATE(transport::tcp, transport::tls));
    server.on_sink = [](recording_sink& sink) {
        sink.on_received = [&sink](std::string_view bytes) {
            sink.stream->pause_reading();
            sink.stream->send(bytes);
        };
    };
    const auto client = server.connect();
    auto& sink = *server.sinks[0];
    CHECK(server.run_with([&] { return client->exchange("one", 3); }) == "one");
    server.run_with([&] { client->send("two"); });
    for (int round = 0; round < 10; ++round) {
        server.loop.restart();
        server.loop.run_for(std::chrono::milliseconds(2));
    }
    CHECK(sink.text == "one");
    sink.call([&] { sink.stream->resume_reading(); });
    CHECK(server.run_until([&] { return sink.text == "onetwo"; }));
}

TEST_CASE("nothing is lost where reading is paused again and again") {
    test_server server(GENERATE(transport::tcp, transport::tls));
    server.on_sink = [&](recording_sink& sink) {
        sink.on_received = [&](std::string_view) {
            sink.stream->pause_reading();
            boost::asio::post(server.loop, [&sink] { sink.stream->resume_reading(); });
        };
    };
    const auto client = server.connect();
    const std::string sent = pattern(large + 1);
    server.run_with([&] { client->send(sent); });
    CHECK(server.run_until([&] { return server.sinks[0]->text.size() == sent.size(); }));
    CHECK((server.sinks[0]->text == sent));
}

TEST_CASE("bytes that came along with the end of the handshake are not forgotten") {
    test_server server(transport::tls);
    const bool paused_first = GENERATE(false, true);
    server.on_sink = [&](recording_sink& sink) {
        if (paused_first)
            sink.stream->pause_reading();
    };
    loopback_client client(server.port);
    client.begin_handshake({});
    REQUIRE(server.run_until([&] { return client.continue_handshake(); }));
    client.send_held_back("early");
    REQUIRE(server.run_until([&] { return server.sinks.size() == 1; }));
    server.loop.restart();
    server.loop.run_for(std::chrono::milliseconds(20));
    CHECK(server.sinks[0]->text.empty() == paused_first);
    server.sinks[0]->stream->resume_reading();
    CHECK(server.run_until([&] { return server.sinks[0]->text == "early"; }));
}

TEST_CASE("a busy stream lets the loop do other things in between") {
    std::size_t in_a_row = 0;
    std::size_t most_in_a_row = 0;
    test_server server(GENERATE(transport::tcp, transport::tls));
    const auto client = server.connect();
    auto& sink = *server.sinks[0];
    sink.on_received = [&](std::string_view bytes) {
        if (in_a_row == 0)
            boost::asio::post(server.loop, [&] { in_a_row = 0; });
        in_a_row += bytes.size();
        most_in_a_row = std::max(most_in_a_row, in_a_row);
    };
    const std::string sent = pattern(20 * large);
    server.run_with([&] { client->send(sent); });
    CHECK(server.run_until([&] { return sink.text.size() == sent.size(); }));
    CHECK(most_in_a_row <= 512 * 1024);
}

TEST_CASE("a stream can be handed over to another sink") {
    std::shared_ptr<recording_sink> second;
    test_server server(GENERATE(transport::tcp, transport::tls));
    server.on_sink = [&](recording_sink& sink) {
        sink.on_received = [&](std::string_view) {
            second = std::make_shared<recording_sink>(sink.stream);
            sink.stream->start(second);
        };
    };
    const auto client = server.connect();
    server.run_with([&] { client->send("upgrade"); });
    REQUIRE(server.run_until([&] { return second != nullptr; }));
    server.run_with([&] { client->send("frames"); });
    CHECK(server.run_until([&] { return second->text == "frames"; }));
    second->stream->close("done");
    server.run_with([&] { client->receive_all(); });
    client->reset();
    CHECK(server.run_until([&] { return second->ends == texts{"done"}; }));
    CHECK(server.sinks[0]->text == "upgrade");
    CHECK(server.sinks[0]->ends.empty());
}
