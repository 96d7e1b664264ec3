#include "emulator/http_codec/streamed_response.hpp"

#include <boost/asio/post.hpp>
#include <fmt/format.h>

#include <utility>

namespace iothub::http_codec {

streamed_response::streamed_response(boost::asio::any_io_executor executor,
                                     std::shared_ptr<net::byte_stream> stream, source next,
                                     std::chrono::milliseconds patience)
    : stream_(std::move(stream))
    , next_(std::move(next))
    , patience_(patience)
    , timer_(std::move(executor)) {}

void streamed_response::start(const request& asked, response head) {
    stream_->start(shared_from_this());
    chunked_ = asked.version_1_1;
    stream_->send(head_bytes(head, chunked_));
    if (asked.method == "HEAD") {
        ended_ = true;
        stream_->close("the last response was sent");
    }
    wake();
}

void streamed_response::wake() {
    if (ended_ || will_wake_ || stream_->queued() > 0) {
        return; // wake_later() or drained() asks
    }
    const auto piece = next_();
    if (!piece) {
        finish();
    } else if (!piece->empty()) {
        send(*piece);
    }
}

void streamed_response::send(std::string_view piece) {
    stream_->send(chunked_ ? fmt::format("{:x}\r\n{}\r\n", piece.size(), piece)
                           : std::string(piece));
    if (stream_->queued() > 0) {
        watch_reader();
    } else {
        wake_later();
    }
}

void streamed_response::finish() {
    ended_ = true;
    if (chunked_) {
        stream_->send("0\r\n\r\n");
    }
    stream_->close("the stream of the response ended");
}

// Not at once: one client's long stream must not keep the loop from the others.
void streamed_response::wake_later() {
    will_wake_ = true;
    boost::asio::post(timer_.get_executor(), [weak = weak_from_this()] {
        if (const auto self = weak.lock()) {
            self->will_wake_ = false;
            self->wake();
        }
    });
}

void streamed_response::watch_reader() {
    timer_.expires_after(patience_);
    timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& failure) {
        const auto self = weak.lock();
        if (!failure && self && !self->ended_) {
            self->stream_->abort("the client does not read what it is sent");
        }
    });
}

void streamed_response::closed(std::string_view) {
    ended_ = true;
    timer_.cancel();
    next_ = nullptr; // which may keep this alive
}

void streamed_response::drained() {
    timer_.cancel();
    wake();
}

} // namespace iothub::http_codec
