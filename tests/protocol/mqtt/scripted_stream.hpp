#pragma once
// A stream without a socket: the test plays the peer and the network.

#include <string>
#include <utility>

#include "emulator/net/byte_stream.hpp"

namespace iothub::test {

class scripted_stream final : public net::byte_stream {
public:
    void start(std::shared_ptr<net::byte_sink> sink) override { sink_ = std::move(sink); }
    void send(std::string_view bytes) override { (stuck ? queue_ : sent).append(bytes); }
    std::size_t queued() const override { return queue_.size(); }
    void pause_reading() override { paused = true; }
    void resume_reading() override { paused = false; }
    void close(std::string_view reason) override { closed_because = reason; }
    void abort(std::string_view reason) override { aborted_because = reason; }
    const net::peer& remote() const override { return peer_; }

    // The peer sends.
    void deliver(std::string_view bytes) { sink_->received(bytes); }

    // The peer reads again.
    void drain() {
        stuck = false;
        sent += std::exchange(queue_, {});
        sink_->drained();
    }

    // The stream is over, as after every close(), abort() or reset.
    void finish(std::string_view reason) { std::exchange(sink_, nullptr)->closed(reason); }

    bool stuck = false; // the peer does not read
    bool paused = false;
    std::string sent;
    std::string closed_because;
    std::string aborted_because;

private:
    net::peer peer_{"192.0.2.1:5000", ""};
    std::shared_ptr<net::byte_sink> sink_;
    std::string queue_;
};

} // namespace iothub::test
