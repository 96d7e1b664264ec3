#pragma once
// The seam between a transport and a protocol: bytes come in by themselves, bytes go out when the
// protocol says so. TCP, TLS and WebSocket streams implement byte_stream; a protocol's session
// implements byte_sink. Both live on the loop's one thread; nothing here blocks or throws, and a
// sink is never called from within one of its stream's functions.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace iothub::net {

// What a protocol session offers its stream.
class byte_sink {
public:
    virtual ~byte_sink() = default;

    // Bytes from the peer. They are only valid during the call.
    virtual void received(std::string_view bytes) = 0;

    // The stream has ended, by either side; nothing is called after it. `reason` is for the log:
    // "closed by the peer", "TLS: …", "reset", or what close() was given.
    virtual void closed(std::string_view reason) = 0;

    // What was queued has gone out, down to nothing. Called only after send() left bytes queued.
    virtual void drained() = 0;
};

// Who is at the other end.
struct peer {
    std::string address;                   // "127.0.0.1:51234"
    std::vector<std::string> certificates; // what the client proved with TLS, in DER: the leaf
                                           // first, then what it sent to vouch for it; or none
};

class byte_stream : public std::enable_shared_from_this<byte_stream> {
public:
    virtual ~byte_stream() = default;

    // Begins to read; the sink is kept alive until closed() was called. Called again,
    // it hands the stream over to another sink (an upgrade), and the first hears no more.
    virtual void start(std::shared_ptr<byte_sink> sink) = 0;

    // Writes what the socket takes at once and queues the rest.
    virtual void send(std::string_view bytes) = 0;

    // Bytes that send() has taken and the socket has not: what back-pressure looks at.
    virtual std::size_t queued() const = 0;

    // Stops and resumes reading: while paused, the peer is held back by its own socket.
    virtual void pause_reading() = 0;
    virtual void resume_reading() = 0;

    // Sends what is queued, says goodbye (TLS close_notify) and closes when the peer does, after
    // 2 s at the latest. Nothing more is received, and send() does nothing any more.
    virtual void close(std::string_view reason) = 0;

    // Drops the connection at once; queued bytes are lost.
    virtual void abort(std::string_view reason) = 0;

    virtual const peer& remote() const = 0;
};

} // namespace iothub::net
