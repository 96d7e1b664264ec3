#include "emulator/net/websocket_transport.hpp"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

#include <utility>

namespace iothub::net {

namespace asio = boost::asio;
using boost::system::error_code;

websocket_transport::websocket_transport(asio::any_io_executor executor,
                                         std::shared_ptr<byte_stream> under)
    : executor_(std::move(executor))
    , under_(std::move(under)) {}

void websocket_transport::complete(completion done, error_code failure, std::size_t count) {
    asio::post(executor_, [done = std::move(done), failure, count] { done(failure, count); });
}

void websocket_transport::read(asio::mutable_buffer into, completion done) {
    if (!unread_.empty()) {
        complete(std::move(done), {}, take(into));
    } else if (ended_) {
        complete(std::move(done), asio::error::eof, 0);
    } else {
        into_ = into;
        reader_ = std::move(done);
    }
}

std::size_t websocket_transport::take(asio::mutable_buffer into) {
    const std::string_view front = unread_.front();
    const std::size_t count = asio::buffer_copy(into, asio::buffer(front.data(), front.size()));
    unread_.consume(count);
    hold_peer_back();
    return count;
}

// A read that waits is completed at once: the sink is called from the loop. No bytes complete none:
// Beast counts on one at least.
void websocket_transport::push(std::string_view bytes) {
    if (bytes.empty()) {
        return;
    }
    if (const auto done = std::exchange(reader_, nullptr)) {
        const std::size_t count =
            asio::buffer_copy(into_, asio::buffer(bytes.data(), bytes.size()));
        unread_.append(bytes.substr(count));
        hold_peer_back();
        asio::dispatch(executor_, [done, count] { done({}, count); });
    } else {
        unread_.append(bytes);
        hold_peer_back();
    }
}

void websocket_transport::write(std::string_view bytes, completion done) {
    under_->send(bytes);
    if (under_->queued() == 0 || ended_) {
        complete(std::move(done), {}, bytes.size());
    } else {
        writer_ = std::move(done);
        written_ = bytes.size();
    }
}

void websocket_transport::drained() {
    if (auto done = std::exchange(writer_, nullptr)) {
        complete(std::move(done), {}, written_);
    }
}

void websocket_transport::end() {
    ended_ = true;
    drained();
    if (auto done = std::exchange(reader_, nullptr)) {
        complete(std::move(done), asio::error::eof, 0);
    }
}

void websocket_transport::hold(bool on) {
    held_ = on;
    hold_peer_back();
}

void websocket_transport::hold_peer_back() {
    const bool hold = held_ || unread_.size() > unread_limit || (paused_ && !unread_.empty());
    if (hold == paused_) {
        return;
    }
    paused_ = hold;
    if (hold) {
        under_->pause_reading();
    } else {
        under_->resume_reading();
    }
}

} // namespace iothub::net
