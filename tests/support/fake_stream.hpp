#pragma once
// A byte stream without a socket: the test says what the peer sends, and sees what it would get.

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "emulator/net/byte_stream.hpp"

namespace iothub::test {

class fake_stream final : public net::byte_stream {
public:
    // The product's side.
    void start(std::shared_ptr<net::byte_sink> sink) override { sink_ = std::move(sink); }
    void send(std::string_view bytes) override { (stuck_ ? queue_ : sent_).append(bytes); }
    std::size_t queued() const override { return queue_.size(); }
    void pause_reading() override { paused_ = true; }
    void resume_reading() override { paused_ = false; }
    void close(std::string_view reason) override { end_reason_ = reason; }
    void abort(std::string_view reason) override {
        aborted_ = true;
        queue_.clear();
        end_reason_ = reason;
    }
    const net::peer& remote() const override { return peer_; }

    // The peer's side.
    void deliver(std::string_view bytes) {
        if (const auto sink = sink_; sink && !ended()) {
            sink->received(bytes);
        }
    }
    std::string take_sent() { return std::exchange(sent_, {}); }

    // The peer reads nothing more, until it reads everything.
    void stop_taking() { stuck_ = true; }
    void take_again() {
        stuck_ = false;
        sent_ += std::exchange(queue_, {});
        if (const auto sink = sink_; sink && !ended()) {
            sink->drained();
        }
    }

    // The connection is gone: by the peer, or after close() or abort().
    void finish(std::string_view reason = "closed by the peer") {
        if (const auto sink = std::exchange(sink_, nullptr)) {
            sink->closed(ended() ? std::string_view(end_reason_) : reason);
        }
    }

    bool paused() const { return paused_; }
    bool ended() const { return !end_reason_.empty(); } // close() or abort() was called
    bool aborted() const { return aborted_; }
    const std::string& end_reason() const { return end_reason_; }

private:
    std::shared_ptr<net::byte_sink> sink_;
    std::string sent_;
    std::string queue_;
    bool stuck_ = false;
    bool paused_ = false;
    bool aborted_ = false;
    std::string end_reason_;
    net::peer peer_{"127.0.0.1:50000", {}};
};

} // namespace iothub::test
