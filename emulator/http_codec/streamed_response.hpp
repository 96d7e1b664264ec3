#pragma once
// A response whose body goes on until one side ends it, sent in chunks (RFC 9112 §7.1) as fast as
// the client takes them. It takes a connection over from its server_session (see hand_over there)
// and is the last response on it. Used for server-sent events.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/http_codec/request.hpp"
#include "emulator/http_codec/response.hpp"
#include "emulator/net/byte_stream.hpp"

namespace iothub::http_codec {

class streamed_response final : public net::byte_sink,
                                public std::enable_shared_from_this<streamed_response> {
public:
    // The next piece of the body, some 64 KiB at most: that much is kept for a slow client. Empty:
    // there is none now; nothing at all: the body ends. It must not throw.
    using source = std::function<std::optional<std::string>()>;

    // A client that takes nothing of a piece for as long as `patience` is dropped.
    streamed_response(boost::asio::any_io_executor executor,
                      std::shared_ptr<net::byte_stream> stream, source next,
                      std::chrono::milliseconds patience = std::chrono::seconds(60));

    // Takes the stream over, sends the head and asks for the first piece.
    void start(const request& asked, response head);

    // The source has something again, or has come to its end.
    void wake();

    bool ended() const { return ended_; }

    void received(std::string_view) override {} // further requests get no answer
    void closed(std::string_view reason) override;
    void drained() override;

private:
    void send(std::string_view piece);
    void finish();
    void wake_later();
    void watch_reader();

    std::shared_ptr<net::byte_stream> stream_;
    source next_;
    std::chrono::milliseconds patience_;
    boost::asio::steady_timer timer_;
    bool chunked_ = true;
    bool will_wake_ = false;
    bool ended_ = false;
};

} // namespace iothub::http_codec
