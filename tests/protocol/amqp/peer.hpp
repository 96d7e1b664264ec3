#pragma once
// A scripted AMQP client: Proton's engine as a client, bound to an amqp::connection without any
// socket. Every function goes on until both are quiet, and ends the hub's turns meanwhile.

#include <proton/connection_driver.h>

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/amqp/connection.hpp"
#include "emulator/amqp/values/message.hpp"
#include "emulator/amqp/values/value.hpp"
#include "support/device_world.hpp"

namespace iothub::test {

// How the hub answered an attach or what became of a link: nothing is set where all is well.
struct link_end {
    std::string condition;
    std::string description;
    amqp::map info;
};

// What became of a delivery that the peer sent.
struct disposition {
    std::string state; // "accepted", "rejected", "released", "modified", or empty
    std::string condition;
    std::string description;
    bool settled = false;
};

struct received_message {
    amqp::message content;
    std::string tag;
    bool settled = false;
    std::uint64_t number = 0; // for settle()
};

struct attach_options {
    std::string name;              // empty: one that nobody else has
    std::string peer_address = {}; // of the peer's own terminus; empty: null
    amqp::map properties = {};
    amqp::map filter = {}; // of a receiver's source
    bool settled = false;  // sender-settle-mode
    bool second = false;   // receiver-settle-mode
    int credit = 100;      // of a receiver; 0: none is given
};

class peer_link {
public:
    bool attached = false; // with a terminus that is not null
    std::optional<link_end> ended;
    int credit = 0; // of a sender, as the hub has given it
    std::uint64_t max_message_size = 0;
    bool settles_at_once = false; // sender-settle-mode of the answer
    bool second = false;          // receiver-settle-mode of the answer
    amqp::map properties;         // of the answer
    std::deque<received_message> inbox;
    std::map<std::uint64_t, disposition> sent; // by number

    pn_link_t* proton = nullptr;
};

class peer {
public:
    using wake_up = std::function<void()>;

    explicit peer(
        world& in, net::peer who = {"127.0.0.1:50000", {}}, amqp::entrance by = {},
        wake_up on_hub_output = [] {});
    ~peer();
    peer(const peer&) = delete;
    peer& operator=(const peer&) = delete;

    // Without SASL, as Node and .NET do.
    void open();
    // With it; false where the hub refused.
    bool open_with_sasl(const std::string& mechanism, const std::string& user = {},
                        const std::string& password = {});
    void close();

    // A further session; links are attached in the newest.
    void begin();
    void end_session();

    // Links live as long as the peer.
    peer_link& sender(const std::string& target, attach_options how = {});
    peer_link& receiver(const std::string& source, attach_options how = {});
    void detach(peer_link& which);
    void give_credit(peer_link& which, int credit);
    // Likewise, and what cannot be used at once is to be given back; whether all credit is gone.
    bool drain(peer_link& which, int credit);

    // The number of the delivery in `sent`.
    std::uint64_t send(peer_link& on, const amqp::message& what, bool settled = false);
    std::uint64_t send_encoded(peer_link& on, std::string_view encoded, bool settled = false);

    // "accepted", "rejected", "released", "modified", "received"; whether the peer settles with it.
    void settle(peer_link& on, std::uint64_t number, const std::string& state, bool settles = true);

    // What the hub said to a delivery that settle() has not settled.
    disposition answer(std::uint64_t number) const;

    // Puts a token on $cbs, over links that it attaches the first time; the status-code.
    int put_token(const std::string& token);

    // What the hub did to the connection; nothing while it is open.
    std::optional<link_end> closed() const { return closed_; }

    // What the hub did to a session.
    std::optional<link_end> session_ended() const { return session_ended_; }

    // Lets a time pass and everything happen that is due.
    void wait(ticks how_long);
    // Until both are quiet.
    void run();

    amqp::connection& hub_side() { return *connection_; }

private:
    void open_as_client();
    void exchange();
    bool give_to_hub();
    bool take_from_hub();
    void handle_events();
    void handle(pn_event_t* event);
    void take_delivery(pn_delivery_t* one);
    peer_link& add(pn_link_t* which, const attach_options& how);
    peer_link* find(pn_link_t* which);

    world& in_;
    pn_connection_driver_t driver_{};
    std::unique_ptr<amqp::connection> connection_;
    pn_session_t* session_ = nullptr;
    std::vector<std::unique_ptr<peer_link>> links_;
    std::map<std::uint64_t, pn_delivery_t*> deliveries_;
    std::uint64_t last_number_ = 0;
    std::optional<link_end> closed_;
    std::optional<link_end> session_ended_;
    peer_link* cbs_sender_ = nullptr;
    peer_link* cbs_receiver_ = nullptr;
};

// A token of a published policy for the whole hub, or for a path ("sb://hub.test/…").
std::string policy_token(const std::string& policy = "iothubowner",
                         const std::string& resource = "hub.test");

// Of text or binary, and of one data section.
amqp::message text_message(const std::string& data);

} // namespace iothub::test
