#pragma once
// What a TCP and a TLS stream have in common: waiting for readiness, the queue of bytes to send,
// pausing, and the ways to end. A transport adds how bytes move through a non-blocking socket.
// The stream keeps itself alive while it waits, and its sink until closed(); a sink is only ever
// called from the loop, never from within one of the stream's own functions.

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "emulator/net/byte_stream.hpp"
#include "emulator/net/connection_set.hpp"
#include "emulator/net/read_buffer.hpp"
#include "emulator/net/send_queue.hpp"
#include "emulator/net/transfer.hpp"

namespace iothub::net {

class socket_stream : public byte_stream {
public:
    using tcp = boost::asio::ip::tcp;

    // Hears an empty text, or why the connection could not be opened.
    using open_handler = std::function<void(std::string_view failure)>;

    // Takes a place among `connections` until the socket is closed.
    void join(std::shared_ptr<connection_set> connections);

    // Has the kernel acknowledge what is read without delay. A peer that gathers small writes until
    // earlier ones are acknowledged (Nagle's algorithm: sockets of Node) would wait 40 ms whenever
    // there is nothing to answer.
    void acknowledge_at_once() { acknowledges_at_once_ = true; }

    // Makes the connection usable (TLS: shakes hands) within `limit`; called once, before anything
    // else. `done` may be called from within.
    void open(std::chrono::milliseconds limit, open_handler done);

    void start(std::shared_ptr<byte_sink> sink) override;
    void send(std::string_view bytes) override;
    std::size_t queued() const override { return queue_.size(); }
    void pause_reading() override { paused_ = true; }
    void resume_reading() override;
    void close(std::string_view reason) override;
    void abort(std::string_view reason) override;
    const peer& remote() const override { return remote_; }

protected:
    socket_stream(tcp::socket socket, std::string address);

    // The transport. Each does what is possible without blocking.
    virtual transfer handshake() = 0;
    virtual transfer read_some(std::span<char> into) = 0;
    virtual transfer write_some(std::string_view bytes) = 0;
    virtual transfer say_goodbye() = 0;

    tcp::socket& socket() { return socket_; }
    void set_peer_certificates(std::vector<std::string> chain) {
        remote_.certificates = std::move(chain);
    }

private:
    using direction = tcp::socket::wait_type;
    enum class phase { opening, open, flushing, lingering, closed };

    void wait(direction what);
    void ready(direction what);
    void proceed(direction what);
    void wait_for_more();
    void set_deadline(std::chrono::milliseconds limit);
    void deadline_passed();

    void continue_opening();
    void continue_closing();
    void discard_input();
    void finish(std::string_view reason);
    void tell_the_end();
    void reset_on_close();

    bool wants_input() const;
    void read();
    void acknowledge();
    void stop_reading(const transfer& outcome);
    void read_later();
    std::size_t write(std::string_view bytes);
    void flush();

    std::shared_ptr<socket_stream> self();
    template <class Function>
    void post(Function function);

    tcp::socket socket_;
    read_buffer& buffer_;
    peer remote_;
    phase phase_ = phase::opening;
    bool acknowledges_at_once_ = false;
    bool paused_ = false;
    bool input_ended_ = false;
    bool input_left_ = false; // reading stopped before the source was empty
    bool read_is_posted_ = false;
    bool waiting_to_read_ = false;
    bool waiting_to_write_ = false;
    direction read_needs_ = tcp::socket::wait_read;   // TLS may have to write before it can read …
    direction write_needs_ = tcp::socket::wait_write; // … and the other way round
    send_queue queue_;
    std::shared_ptr<byte_sink> sink_;
    open_handler on_opened_;
    std::optional<boost::asio::steady_timer> deadline_;
    std::optional<membership> membership_;
    std::string end_reason_;
};

} // namespace iothub::net
