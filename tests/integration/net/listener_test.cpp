#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>

#include "test_server.hpp"

namespace {

namespace causes = boost::system::errc;
using iothub::net::listener;

iothub::net::listener_options at(const std::string& address, std::uint16_t port) {
    iothub::net::listener_options options;
    options.address = address;
    options.port = port;
    return options;
}

// Lets this process open no further descriptor.
class no_more_descriptors {
public:
    no_more_descriptors() {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        rlimit now = before_;
        const int lowest_free = ::dup(STDIN_FILENO);
        ::close(lowest_free);
        now.rlim_cur = static_cast<rlim_t>(lowest_free);
        ::setrlimit(RLIMIT_NOFILE, &now);
    }
    ~no_more_descriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }

private:
    rlimit before_{};
};

} // namespace

TEST_CASE("a port in use is told apart and named") {
    test_server server(transport::tcp);
    const auto second = listener::open(server.loop, at("127.0.0.1", server.port));
    REQUIRE(second.has_error());
    CHECK(second.error().code == causes::address_in_use);
    CHECK(second.error().message ==
          "port " + std::to_string(server.port) + " on 127.0.0.1 is in use");
}

TEST_CASE("an address of another machine and one that is none are told apart") {
    boost::asio::io_context loop;
    const auto foreign = listener::open(loop, at("192.0.2.1", 0));
    REQUIRE(foreign.has_error());
    CHECK(foreign.error().code == causes::address_not_available);
    const auto nonsense = listener::open(loop, at("localhost", 0));
    REQUIRE(nonsense.has_error());
    CHECK(nonsense.error().message == "\"localhost\" is not an IP address");
}

TEST_CASE("a port is free again once its listener has stopped") {
    test_server server(transport::tcp);
    const auto client = server.connect();
    server.listening->stop();
    CHECK_THROWS(loopback_client(server.port));
    server.sinks[0]->stream->send("goes on");
    CHECK(server.run_with([&] { return client->receive(7); }) == "goes on");
    const auto again = listener::open(server.loop, at("127.0.0.1", server.port));
    REQUIRE(again.has_value());
    (*again)->stop();
}

TEST_CASE("IPv4 and IPv6 share a port") {
    test_server server(transport::tcp);
    auto options = server.options;
    options.address = "::1";
    options.port = server.port;
    const auto second = listener::open(server.loop, options);
    if (second.has_error()) {
        WARN("not run: " << second.error().message);
        return;
    }
    const loopback_client client(server.port, "::1");
    CHECK(server.run_until([&] { return server.sinks.size() == 1; }));
    CHECK(server.sinks[0]->stream->remote().address.rfind("[::1]:", 0) == 0);
    (*second)->stop();
}

TEST_CASE("connections beyond the cap are refused and logged, and room is used again") {
    test_server server(transport::tcp, 2);
    const auto first = server.connect();
    auto second = server.connect();
    loopback_client third(server.port);
    CHECK(server.run_with([&] { return third.receive_all(); }).empty());
    REQUIRE(server.refusals.size() == 1);
    CHECK(server.refusals[0].find(" refused: 2 connections are open") != std::string::npos);
    CHECK(server.sinks.size() == 2);
    second->reset();
    CHECK(server.run_until([&] { return server.connections->size() == 1; }));
    server.connect();
    CHECK(server.sinks.size() == 3);
}

TEST_CASE("a connection that shakes hands counts against the cap") {
    test_server server(transport::tls, 1);
    const loopback_client silent(server.port);
    CHECK(server.run_until([&] { return server.connections->full(); }));
    loopback_client second(server.port);
    server.run_with([&] { second.receive_all(); });
    CHECK(server.refusals.size() == 1);
}

TEST_CASE("without descriptors the listener waits, says so once, and goes on") {
    test_server server(transport::tcp);
    const loopback_client client(server.port);
    {
        const no_more_descriptors limited;
        server.loop.run_for(std::chrono::milliseconds(350));
        CHECK(server.sinks.empty());
        REQUIRE(server.refusals.size() == 1);
        CHECK(server.refusals[0] == "port " + std::to_string(server.port) +
                                        " accepts nothing for now: Too many open files");
    }
    CHECK(server.run_until([&] { return server.sinks.size() == 1; }));
    CHECK(server.refusals.size() == 1);
}

TEST_CASE("200 connections come and go, and none is left") {
    test_server server(GENERATE(transport::tcp, transport::tls), 1000);
    std::vector<std::unique_ptr<loopback_client>> clients;
    for (int i = 0; i < 200; ++i)
        clients.push_back(server.connect());
    CHECK(server.connections->size() == 200);
    for (std::size_t i = 0; i < clients.size(); ++i) {
        if (i % 2 == 0)
            clients[i]->reset();
        clients[i].reset();
    }
    CHECK(server.run_until([&] { return server.connections->size() == 0; }));
    server.loop.restart();
    server.loop.poll();
    REQUIRE(server.sinks.size() == 200);
    CHECK(std::all_of(server.sinks.begin(), server.sinks.end(),
                      [](const auto& sink) { return sink->ends.size() == 1; }));
    for (auto& sink : server.sinks)
        CHECK(sink->stream.use_count() == 1);
}
