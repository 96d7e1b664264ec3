#pragma once
// One attached link as its node sees it. The engine owns both and ends both: a link is not used
// after its node was destroyed. Nothing here calls back into the node.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "common/result.hpp"
#include "common/timestamp.hpp"
#include "emulator/amqp/engine/condition.hpp"
#include "emulator/amqp/values/value.hpp"

struct pn_link_t;

namespace iothub::amqp {

class engine;

// What the peer asked for in its attach.
struct attach_request {
    std::string name;
    bool peer_sends = false;
    std::string address;      // of the hub's terminus: the target where the peer sends
    std::string peer_address; // of the peer's own; often its choice of a reply address
    map properties;
    map filter; // of the source, where the peer receives: values as they are, described ones too
    value desired_capabilities = {}; // a symbol or several, or null

    bool desires(std::string_view capability) const;
};

// How the peer settled a delivery.
enum class outcome { accepted, rejected, released, modified };

class link {
public:
    link(engine& owner, pn_link_t* which, attach_request asked);
    ~link() { take_incoming(); }
    link(const link&) = delete;
    link& operator=(const link&) = delete;

    const attach_request& request() const { return asked_; }
    std::uint64_t number() const { return number_; } // of the connection, never given again

    // The peer receives: how many deliveries it has room for. May be asked at any time.
    int credit() const;

    // Bytes of deliveries, of all links of its session, that wait for the peer's session window.
    std::size_t unsent() const;

    // A delivery, only while there is credit(). An unsettled one ends with node::settled(tag).
    // Tags of unsettled deliveries differ; C# wants 16 bytes.
    void send(std::string_view tag, std::string_view encoded, bool settled);

    // Ends the link, at once but never before 20 ms after its attach: rhea-promise loses an error
    // that comes with the attach. Its node goes with it.
    void detach(const condition& why);

private:
    friend class engine;

    void refill(); // the peer's credit
    std::string take_incoming();

    engine& owner_;
    pn_link_t* which_;
    attach_request asked_;
    std::uint64_t number_ = 0;
    std::string incoming_; // of the delivery that is under way
    std::uint32_t format_ = 0;
    timestamp attached_ = never;
    int credit_ = 0; // what the peer is given again and again
    bool ending_ = false;
};

// What stands behind an address: one for each link, destroyed when the link has ended.
class node {
public:
    virtual ~node() = default;

    // A delivery of the peer: accepted, or rejected with a condition made of the error.
    virtual result<> received(std::string_view encoded, std::uint32_t format) {
        static_cast<void>(encoded);
        static_cast<void>(format);
        return error{errc::invalid_operation, "Nothing can be sent here."};
    }

    // The peer may take more, or less, than before.
    virtual void credit_changed() {}

    // The peer has settled what was sent unsettled. An error is told to a peer that waits for it.
    virtual result<> settled(std::string_view tag, outcome how) {
        static_cast<void>(tag);
        static_cast<void>(how);
        return {};
    }
};

} // namespace iothub::amqp
