#include <boost/asio/io_context.hpp>

#include "emulator/net/websocket_stream.hpp"
#include "fuzz/conversations/conversations.hpp"
#include "fuzz/conversations/pieces.hpp"
#include "fuzz/fuzzing.hpp"
#include "support/fake_stream.hpp"
#include "support/websocket_frames.hpp"

namespace iothub::fuzz {

using namespace iothub::test;

namespace {

struct sink final : net::byte_sink {
    void received(std::string_view bytes) override {
        require(ends.empty(), "nothing is received behind the end");
        text += bytes;
    }
    void closed(std::string_view reason) override {
        require(ends.empty(), "a stream ends once");
        ends = reason;
    }
    void drained() override {}

    std::string text;
    std::string ends;
};

// With 1003, or by the library with 1007 where what has come first is no UTF-8 either: which of the
// two depends on where the frame is cut.
bool refuses_text(std::string_view sent) {
    return sent.ends_with("\x88\x02\x03\xeb") || sent.ends_with("\x88\x02\x03\xef");
}

class client {
public:
    explicit client(std::string_view behind)
        : stream_(
              net::accept_websocket(loop_.get_executor(), below_,
                                    {websocket::key, "mqtt", std::string(behind), "a server"})) {
        stream_->start(sink_);
        settle();
    }
    ~client() {
        below_->finish("closed by the peer");
        settle();
    }
    client(const client&) = delete;
    client& operator=(const client&) = delete;

    void send(std::string_view bytes) {
        below_->deliver(bytes);
        settle();
    }

    std::string outcome() {
        stream_->send("answer");
        settle();
        const std::string sent = below_->take_sent();
        const std::string received = "\nreceived: " + sink_->text;
        return refuses_text(sent) ? sent.substr(0, sent.size() - 4) + received
                                  : sent + received + "\nended: " + sink_->ends +
                                        "\nbelow: " + below_->end_reason();
    }

private:
    void settle() {
        loop_.restart();
        loop_.poll();
    }

    boost::asio::io_context loop_;
    std::shared_ptr<fake_stream> below_ = std::make_shared<fake_stream>();
    std::shared_ptr<sink> sink_ = std::make_shared<sink>();
    std::shared_ptr<net::byte_stream> stream_;
};

} // namespace

std::string websocket_conversation(std::string_view sent, std::size_t cut) {
    client one(sent.substr(0, cut));
    one.send(sent.substr(std::min(cut, sent.size())));
    return one.outcome();
}

} // namespace iothub::fuzz
