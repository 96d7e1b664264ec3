#pragma once
// A byte_stream pushes, Beast's WebSocket pulls: this stands in between. What was pushed is kept
// until it is asked for, and the peer is held back when that becomes too much; a write is done when
// the stream has sent it, so that whoever answers the peer (with a pong) waits for it to read. Used
// by websocket_stream alone.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/system/error_code.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>

#include "emulator/net/byte_stream.hpp"
#include "emulator/net/send_queue.hpp"

namespace iothub::net {

class websocket_transport {
public:
    // Bytes that may wait to be read; what one push brings comes on top.
    static constexpr std::size_t unread_limit = 64 * 1024;

    using completion = std::function<void(boost::system::error_code, std::size_t)>;

    websocket_transport(boost::asio::any_io_executor executor, std::shared_ptr<byte_stream> under);

    // For Beast. One read and one write at a time; `done` is never called from within. A read ends
    // with eof once the stream has ended and everything is read; a write always succeeds.
    void read(boost::asio::mutable_buffer into, completion done);
    void write(std::string_view bytes, completion done);
    const boost::asio::any_io_executor& executor() const { return executor_; }
    byte_stream& under() const { return *under_; }

    // For the stream's sink.
    void push(std::string_view bytes);
    void drained();
    void end();
    bool ended() const { return ended_; }

    // Holds the peer back, whatever is asked for.
    void hold(bool on);

private:
    void complete(completion done, boost::system::error_code failure, std::size_t count);
    std::size_t take(boost::asio::mutable_buffer into);
    void hold_peer_back();

    boost::asio::any_io_executor executor_;
    std::shared_ptr<byte_stream> under_;
    send_queue unread_;
    boost::asio::mutable_buffer into_; // of the read that waits
    completion reader_;                // empty unless a read waits
    completion writer_;                // empty unless a write waits
    std::size_t written_ = 0;          // by the write that waits
    bool held_ = false;
    bool paused_ = false;
    bool ended_ = false;
};

} // namespace iothub::net
