#pragma once
// WebSocket (RFC 6455, the server's side) as a byte_stream over another one: what is sent leaves in
// binary frames, what comes in them is received as bytes, wherever frames begin and end. Made by
// http for a request that asks for the upgrade; the protocol on top does not notice.

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "emulator/net/byte_stream.hpp"

namespace iothub::net {

// What the client asked for; http has checked it.
struct websocket_upgrade {
    std::string key;         // Sec-WebSocket-Key
    std::string subprotocol; // as the client spelled it
    std::string behind;      // bytes that came behind the request
    std::string server;      // for the Server field of the response
};

struct websocket_limits {
    std::size_t message = (256 + 64) * 1024; // beyond it the close code is 1009
    std::chrono::milliseconds close{2000};   // for close(): until the stream below is closed
};

// The stream answers the request when it is started, and is `under`'s sink from then on. A text
// frame ends it with close code 1003, a fault of framing with 1002. A peer that closes, or whose
// fault ends the stream, is reported at once; `under` may take its time. close() gives queued
// bytes and the close frame their time, then ends as `under` does.
// closed() hears "closed by the peer", "WebSocket: …", what close() or abort() was given, or why
// `under` ended.
std::shared_ptr<byte_stream> accept_websocket(boost::asio::any_io_executor executor,
                                              std::shared_ptr<byte_stream> under,
                                              websocket_upgrade upgrade,
                                              const websocket_limits& limits = {});

} // namespace iothub::net
