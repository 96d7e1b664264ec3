#pragma once
// A WebSocket stream over a stream without a socket, and the sink behind it: what every script here
// runs against.

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/net/websocket_stream.hpp"
#include "support/fake_stream.hpp"
#include "support/websocket_frames.hpp"

namespace iothub::test {

// Keeps what it hears; calls from within what a script does to the stream are counted.
struct websocket_sink final : net::byte_sink {
    void received(std::string_view bytes) override {
        note();
        text += bytes;
        if (on_received) {
            on_received();
        }
    }
    void closed(std::string_view reason) override {
        note();
        ends.emplace_back(reason);
    }
    void drained() override {
        note();
        ++drains;
    }
    void note() { reentrances += in_call ? 1 : 0; }

    std::function<void()> on_received;
    std::string text;
    std::vector<std::string> ends;
    int drains = 0;
    int reentrances = 0;
    bool in_call = false;
};

class websocket_script {
public:
    // Upgraded, and the response taken away; `behind` came with the request.
    explicit websocket_script(std::string behind = {}, net::websocket_limits limits = {});
    ~websocket_script();
    websocket_script(const websocket_script&) = delete;
    websocket_script& operator=(const websocket_script&) = delete;

    // The peer sends bytes; what was received on top and is not taken yet.
    std::string receive(std::string_view bytes);

    // The frames that the peer got since the last call.
    std::vector<websocket::received_frame> sent();

    // Does something to the stream as the sink's owner would.
    void call(const std::function<void(net::byte_stream&)>& what);

    // Runs what is ready.
    void settle();

    // Runs the loop until it is so, for at most ten seconds; false where it does not become so.
    bool run_until(const std::function<bool()>& condition);

    // The stream below is gone.
    void finish(std::string_view reason = "closed by the peer");

    boost::asio::io_context loop;
    std::shared_ptr<fake_stream> below = std::make_shared<fake_stream>();
    std::shared_ptr<websocket_sink> sink = std::make_shared<websocket_sink>();
    std::shared_ptr<net::byte_stream> stream;
    std::string response; // to the upgrade
};

} // namespace iothub::test
