#pragma once
// The server's side of one HTTP connection over any byte stream: requests in, responses out in the
// order of the requests, keep-alive, "100 Continue", time limits, back-pressure, and the hand-over
// of the connection to another protocol. What a request means, and when a response may leave, is
// for the class that derives from it: http/session waits for the turn to be committed,
// management/session waits for nothing.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "emulator/http_codec/exchange.hpp"
#include "emulator/http_codec/request_reader.hpp"
#include "emulator/net/byte_stream.hpp"

namespace iothub::http_codec {

struct time_limits {
    std::chrono::milliseconds head{15'000};  // also for the first request to begin
    std::chrono::milliseconds idle{120'000}; // between requests, and for a peer that does not read
    std::chrono::milliseconds body_window{15'000};
    std::size_t body_bytes_a_window = 15 * 1024;
};

struct session_limits {
    message_limits messages;
    time_limits time;
    std::size_t open_requests = 16;        // taken from the connection and not yet answered
    std::size_t unsent_bytes = 256 * 1024; // beyond it no further request is taken
};

class server_session : public net::byte_sink, public std::enable_shared_from_this<server_session> {
public:
    server_session(boost::asio::any_io_executor executor, std::shared_ptr<net::byte_stream> stream,
                   const session_limits& limits);

    // Begins to read. Called once.
    void start();

    void received(std::string_view bytes) final;
    void closed(std::string_view reason) final;
    void drained() final;

protected:
    // A whole request: replies through it, now or later. Throws nothing.
    virtual void handle(std::shared_ptr<exchange> x) = 0;

    // The response to what is no proper request, or comes too slowly.
    virtual response refuse(const refusal& why) = 0;

    // Who goes on with the connection in another protocol, from the bytes behind the request on.
    using successor = std::function<void(std::shared_ptr<net::byte_stream>, std::string behind)>;

    // Takes the place of the reply to the request being handled. Once all earlier requests are
    // answered, the stream is `next`'s and the session hears no more; should the connection end
    // before, `next` is not called.
    void hand_over(successor next);

    // There are replies: release_replies() or replace_replies() is due. May be told repeatedly.
    virtual void replies_wait() = 0;

    // What was replied up to now may leave.
    void release_replies();

    // What was replied up to now and not released is taken back; each time `instead` is sent.
    void replace_replies(const std::function<response()>& instead);

    net::byte_stream& stream() const { return *stream_; }
    boost::asio::any_io_executor executor() { return timer_.get_executor(); }

private:
    friend class exchange;
    using clock = std::chrono::steady_clock;
    enum class phase { first_request, idle, head, body, handling, sending };

    void stop();
    void replied(const exchange& x);
    void take_requests();
    void open(request r);
    void end_with(const refusal& why);
    void send_continue();
    void send_released();
    void pass_on();
    void take_requests_later();
    bool held_back() const;
    void hold_peer_back();

    phase current_phase() const;
    void watch();
    void set_deadline();
    void arm_timer();
    void timer_fired();
    void deadline_passed();

    std::shared_ptr<net::byte_stream> stream_;
    session_limits limits_;
    request_reader reader_;
    std::deque<std::shared_ptr<exchange>> open_; // oldest first
    std::size_t unsent_ = 0;                     // bytes of bodies in open_
    successor successor_;                        // waits for the replies before its request
    bool asked_once_ = false;
    bool ending_ = false; // no request is taken any more
    bool closed_ = false;
    bool paused_ = false;

    boost::asio::steady_timer timer_;
    bool timer_is_armed_ = false;
    phase phase_ = phase::first_request;
    clock::time_point deadline_;
    std::size_t progress_ = 0; // at the beginning of the present window
};

} // namespace iothub::http_codec
