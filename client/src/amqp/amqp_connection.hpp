#pragma once
// One AMQP 1.0 connection of a back end, blocking with deadlines: Qpid Proton's engine over a
// socket. It works only within calls, of one thread at a time; links live as long as it does. Used
// by amqp_requests, service_client and event_consumer.

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/src/amqp/amqp_value.hpp"
#include "client/src/net/stream_socket.hpp"

struct pn_event_t;
struct pn_link_t;

namespace iothub::client {

class amqp_connection;

class amqp_link {
public:
    // The oldest message that has come and was not taken yet; nothing where there is none.
    std::optional<std::string> take();

    // Where answers are sent to, of a receiver.
    std::string name() const;

private:
    friend class amqp_connection;

    pn_link_t* proton_ = nullptr;
    bool detached_ = false; // by the peer, and not for ever
    std::deque<std::string> inbox_;
};

class amqp_connection {
public:
    using deadline = stream_socket::deadline;

    // Connects, with TLS unless `tls`, which lives longer, is null, and opens. This and all that
    // follows throw what the peer refused it with, network_error or time_out; the connection is of
    // no use then.
    amqp_connection(const endpoint& server, tls_context* tls, deadline until);

    // Takes leave of the peer without waiting for it.
    ~amqp_connection();

    amqp_link& open_sender(const std::string& address, deadline until);

    // `selector` filters what comes; empty: everything does. Messages are accepted as they come.
    amqp_link& open_receiver(const std::string& address, const std::string& selector,
                             deadline until);

    // Returns when the peer has accepted it.
    void send(amqp_link& on, std::string_view encoded, deadline until);

    // Goes on until `done` says so; false where the deadline came first. Throws where one of the
    // receivers has ended.
    bool run(deadline until, const std::function<bool()>& done);

    // Whether the peer is there still, as far as can be known without reading.
    bool is_open() const { return !socket_.closed_by_peer(); }

private:
    struct engine;

    void require(const char* what, deadline until, const std::function<bool()>& done);
    void write(deadline until);
    bool read(deadline until);
    void feed(std::string_view bytes);
    void handle_events();
    void handle(pn_event_t* event);
    void check() const;
    void receive(amqp_link& on) const;
    amqp_link& add(pn_link_t* proton);
    amqp_link& attach(amqp_link& which, deadline until);

    endpoint server_;
    stream_socket socket_;
    std::unique_ptr<engine> engine_;
    std::vector<std::unique_ptr<amqp_link>> links_;
    std::chrono::steady_clock::time_point next_tick_ = std::chrono::steady_clock::time_point::max();
};

} // namespace iothub::client
