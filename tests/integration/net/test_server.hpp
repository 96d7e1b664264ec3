#pragma once
// A listener with its loop, and the sinks that the tests of net put behind it.

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "emulator/net/certificates/certificate_files.hpp"
#include "emulator/net/listener.hpp"
#include "loopback_client.hpp"
#include "support/catch.hpp"

enum class transport { tcp, tls };

// Keeps what it hears. `on_received` may do more; calls from within a stream's function are
// counted.
class recording_sink : public iothub::net::byte_sink {
public:
    explicit recording_sink(std::shared_ptr<iothub::net::byte_stream> to)
        : stream(std::move(to)) {}

    void received(std::string_view bytes) override {
        text += bytes;
        if (on_received)
            call([&] { on_received(bytes); });
    }
    void closed(std::string_view reason) override {
        note_reentrance();
        ends.emplace_back(reason);
    }
    void drained() override {
        note_reentrance();
        ++drains;
        if (on_drained)
            call(on_drained);
    }

    // What a test does with the stream goes through here.
    void call(const std::function<void()>& action) {
        calling_ = true;
        action();
        calling_ = false;
    }

    std::shared_ptr<iothub::net::byte_stream> stream;
    std::function<void(std::string_view)> on_received;
    std::function<void()> on_drained;
    std::string text;
    std::vector<std::string> ends;
    int drains = 0;
    int reentrances = 0;

private:
    void note_reentrance() { reentrances += calling_ ? 1 : 0; }

    bool calling_ = false;
};

// Runs what is left to do when it is destroyed: what a test lends to its sinks is declared before
// it.
struct test_server {
    explicit test_server(transport kind, std::size_t limit = 100,
                         std::chrono::milliseconds handshake_limit = std::chrono::seconds(10))
        : connections(std::make_shared<iothub::net::connection_set>(limit)) {
        if (kind == transport::tls)
            tls = iothub::net::tls_context::create(certificates("hub.example")).value();
        options.tls = tls;
        options.connections = connections;
        options.handshake_limit = handshake_limit;
        options.on_refusal = [this](std::string_view line) { refusals.emplace_back(line); };
        options.on_accept = [this](std::shared_ptr<iothub::net::byte_stream> stream) {
            const auto sink = std::make_shared<recording_sink>(stream);
            sinks.push_back(sink);
            if (on_sink)
                on_sink(*sink);
            stream->start(sink);
        };
        listening = iothub::net::listener::open(loop, options).value();
        port = listening->port();
    }

    ~test_server() {
        listening->stop();
        connections->abort_all("the test is over");
        loop.restart();
        loop.poll();
    }

    static iothub::net::certificate_and_key certificates(const std::string& name) {
        const iothub::timestamp now =
            std::chrono::time_point_cast<iothub::ticks>(std::chrono::system_clock::now());
        return iothub::net::create_certificates({name}, now).value().server;
    }

    // Runs the loop until it is so; false after ten seconds.
    bool run_until(const std::function<bool()>& condition) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (!condition()) {
            if (std::chrono::steady_clock::now() > deadline)
                return false;
            loop.restart();
            loop.run_one_for(std::chrono::milliseconds(5));
        }
        return true;
    }

    // Runs the loop while `work` runs on another thread, and returns what it does.
    template <class Work>
    auto run_with(Work work) {
        auto done = std::async(std::launch::async, std::move(work));
        while (done.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
            loop.restart();
            loop.run_one_for(std::chrono::milliseconds(5));
        }
        return done.get();
    }

    // A connection that is ready on both sides.
    std::unique_ptr<loopback_client> connect(const handshake_options& handshake = {}) {
        const std::size_t before = sinks.size();
        auto made = run_with([&] {
            auto client = std::make_unique<loopback_client>(port);
            if (tls)
                client->shake_hands(handshake);
            return client;
        });
        REQUIRE(run_until([&] { return sinks.size() > before; }));
        return made;
    }

    boost::asio::io_context loop;
    std::shared_ptr<iothub::net::connection_set> connections;
    std::shared_ptr<iothub::net::tls_context> tls;
    iothub::net::listener_options options;
    std::shared_ptr<iothub::net::listener> listening;
    std::uint16_t port = 0;
    std::function<void(recording_sink&)> on_sink;
    std::vector<std::shared_ptr<recording_sink>> sinks;
    std::vector<std::string> refusals;
};

inline std::string pattern(std::size_t size) {
    std::string text(size, '\0');
    std::uint32_t state = 1;
    for (char& c : text)
        c = static_cast<char>((state = state * 1664525u + 1013904223u) >> 24);
    return text;
}

using texts = std::vector<std::string>;
