#pragma once
// A websocket_transport in the form that Beast asks for: an AsyncStream, with Beast's customisation
// points for the end of the connection below. For websocket_stream.cpp alone, as it takes long to
// compile.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/system/error_code.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "emulator/net/websocket_transport.hpp"

namespace iothub::net {

class websocket_beast_transport {
public:
    using executor_type = boost::asio::any_io_executor;

    explicit websocket_beast_transport(std::shared_ptr<websocket_transport> transport)
        : transport_(std::move(transport)) {}

    executor_type get_executor() const noexcept { return transport_->executor(); }

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        return boost::asio::async_initiate<Token, signature>(
            [&transport = *transport_](auto handler, const Buffers& into) {
                transport.read(first_of(into), erased(std::move(handler)));
            },
            token, buffers);
    }

    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        return boost::asio::async_initiate<Token, signature>(
            [&transport = *transport_](auto handler, const Buffers& from) {
                transport.write(joined(from), erased(std::move(handler)));
            },
            token, buffers);
    }

    // Ends the connection; the WebSocket's closing handshake is over, or has failed.
    template <class Handler>
    friend void async_teardown(boost::beast::role_type, websocket_beast_transport& below,
                               Handler&& handler) {
        below.transport_->under().close("the WebSocket is closed");
        boost::asio::post(below.get_executor(),
                          boost::beast::bind_handler(std::forward<Handler>(handler),
                                                     boost::system::error_code()));
    }

    // For time limits of Beast's own, of which none is set.
    friend void beast_close_socket(websocket_beast_transport& below) {
        below.transport_->under().abort("the WebSocket is too slow");
    }

private:
    using signature = void(boost::system::error_code, std::size_t);

    // Beast's handlers can only be moved, std::function has to copy.
    template <class Handler>
    static websocket_transport::completion erased(Handler handler) {
        const auto kept = std::make_shared<Handler>(std::move(handler));
        return [kept](boost::system::error_code failure, std::size_t count) {
            (*kept)(failure, count);
        };
    }

    template <class Buffers>
    static boost::asio::mutable_buffer first_of(const Buffers& buffers) {
        const auto end = boost::asio::buffer_sequence_end(buffers);
        const auto found = std::find_if(boost::asio::buffer_sequence_begin(buffers), end,
                                        [](boost::asio::mutable_buffer b) { return b.size() > 0; });
        return found == end ? boost::asio::mutable_buffer() : boost::asio::mutable_buffer(*found);
    }

    // In one piece, so that a frame's header and its payload share a TLS record.
    template <class Buffers>
    static std::string joined(const Buffers& buffers) {
        std::string bytes(boost::asio::buffer_size(buffers), '\0');
        boost::asio::buffer_copy(boost::asio::buffer(bytes), buffers);
        return bytes;
    }

    std::shared_ptr<websocket_transport> transport_;
};

} // namespace iothub::net
