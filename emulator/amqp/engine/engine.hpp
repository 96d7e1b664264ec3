#pragma once
// AMQP 1.0's connection, sessions, links and deliveries (OASIS AMQP 1.0, part 2), by Qpid Proton:
// bytes in, bytes out, and what happened as calls to a user. Transfers that follow one another are
// handed to Proton together, other frames one by one. Used by amqp/connection.

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "common/timestamp.hpp"
#include "emulator/amqp/engine/frame_gate.hpp"
#include "emulator/amqp/engine/frame_reader.hpp"
#include "emulator/amqp/engine/link.hpp"

struct pn_delivery_t;
struct pn_event_t;
struct pn_link_t;
struct pn_session_t;

namespace iothub::amqp {

class driver;

struct engine_settings {
    std::string container_id;
};

// What the hub answers to an attach it allows.
struct accepted_attach {
    std::unique_ptr<amqp::node> node;
    bool settles_at_once = false; // sender-settle-mode settled, receiver-settle-mode first
    int credit = 1000;            // where the peer sends
};
using attach_answer = std::variant<accepted_attach, condition>;

// What an engine tells. No function may destroy the engine.
class engine_user {
public:
    virtual ~engine_user() = default;

    // SASL: whether somebody is let in. `response` is the mechanism's own (PLAIN: two NULs in it).
    virtual bool authenticate(std::string_view mechanism, std::string_view response) = 0;

    // The peer's open has come. A condition ends the connection.
    virtual std::optional<condition> opened(std::string_view host) = 0;

    virtual attach_answer attached(link& which) = 0;

    // Whether the peer has shown, once, whose it is: less is kept for one that has not.
    virtual bool proved() const = 0;

    // Nothing more comes; what is in output may leave. Called once.
    virtual void ended(std::string_view reason) = 0;

    // The condition of a rejected delivery.
    virtual condition condition_of(const error& reason) = 0;
};

class engine {
public:
    static constexpr std::uint32_t max_frame = 64 * 1024;
    // Until the peer has opened; and but for transfers, of which other frames become many times
    // what they are, until it has proved something.
    static constexpr std::uint32_t max_first_frame = 8 * 1024;
    static constexpr std::size_t max_message = 1024 * 1024;
    static constexpr std::size_t max_unfinished = 32 * 1024 * 1024;   // of all deliveries under way
    static constexpr std::size_t max_unproved_unfinished = 64 * 1024; // a token has a few KiB
    static constexpr std::size_t max_sessions = 2'000;
    static constexpr std::size_t max_links = 10'000; // those that were refused among them
    static constexpr std::size_t max_unproved_links = 20;
    static constexpr std::chrono::milliseconds idle_time_out{240'000};   // half of it is announced
    static constexpr std::chrono::milliseconds least_idle_time_out{100}; // that a peer may ask for
    static constexpr std::chrono::milliseconds pause_before_detach{20};

    engine(const engine_settings& settings, engine_user& user);
    ~engine();
    engine(const engine&) = delete;
    engine& operator=(const engine&) = delete;

    void receive(std::string_view bytes, timestamp now);

    // Appends what is to be sent.
    void take_output(std::string& into);

    // Closes the connection; without a condition, in peace.
    void close(const std::optional<condition>& why);

    // The stream has ended.
    void stream_ended();

    // Idle time-outs, heartbeats, and detaches that are due. next_tick() says when it has something
    // to do.
    void tick(timestamp now);
    timestamp next_tick() const { return next_tick_; }

    bool ended() const { return ended_; }

    // link::detach(), where the link is still there.
    void detach(std::uint64_t link, const condition& why);
    bool has(std::uint64_t link) const { return links_.contains(link); }

private:
    friend class link;

    struct held_link {
        std::unique_ptr<amqp::link> link;
        std::unique_ptr<amqp::node> node; // destroyed before its link
    };
    struct due_detach {
        timestamp when;
        std::uint64_t link;
        condition why;
    };

    void take_unit(std::string_view unit);
    void feed_transfers();
    void feed(std::string_view bytes);
    void handle_events();
    void handle(pn_event_t* event);
    void remote_opened();
    void session_opened(pn_session_t* session);
    void session_closed(pn_session_t* session);
    void link_opened(pn_link_t* which);
    void allow(held_link& held, accepted_attach answer);
    void refuse(link& which, const condition& why);
    void link_closed(pn_link_t* which, bool forever);
    void link_flow(pn_link_t* which);
    void delivery(pn_delivery_t* one);
    void incoming(held_link& held, pn_delivery_t* one);
    void complete(held_link& held, pn_delivery_t* one);
    void outgoing(held_link& held, pn_delivery_t* one);
    void detach_later(link& which, const condition& why);
    void detach_now(const due_detach& due);
    void fail(const char* name, const std::string& why);
    void end(std::string_view reason);
    void end_sessions(const condition& why);
    void schedule();
    held_link* find(pn_link_t* which);

    engine_user& user_;
    std::unique_ptr<driver> driver_;
    frame_reader frames_{max_first_frame};
    frame_gate gate_;
    std::string transfers_;            // whole ones that Proton has not been given yet
    std::uint32_t message_format_ = 0; // of what Proton is being given: it forgets that
    std::size_t unfinished_ = 0;       // bytes of the deliveries under way on all links
    std::map<std::uint64_t, held_link> links_;
    std::vector<due_detach> detaches_; // in the order of time
    std::size_t sessions_ = 0;
    std::uint64_t last_link_ = 0;
    timestamp now_ = never;
    timestamp next_tick_ = timestamp::max();
    bool ended_ = false;
};

} // namespace iothub::amqp
