#pragma once
// Lets to Proton only what a client may send now (OASIS AMQP 1.0, part 2 §2.2–§2.7): Proton trusts
// its peer in the use of channels, handles and delivery numbers, and stops the process over some
// mistakes. Used by engine.

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>

#include "emulator/amqp/engine/condition.hpp"
#include "emulator/amqp/engine/performative.hpp"

namespace iothub::amqp {

class frame_gate {
public:
    // Of the next protocol header or whole frame: why the connection has to end; nothing where it
    // may pass.
    std::optional<condition> check(std::string_view unit);

    // Of the transfer that may pass, which Proton does not tell; 0 where it names none, or another
    // frame came.
    std::uint32_t message_format() const { return message_format_; }

private:
    struct peer_link {
        bool peer_sends = false;
        bool in_delivery = false; // further transfers of one delivery are to come
    };
    using peer_session = std::map<std::uint32_t, peer_link>; // by handle
    enum class stage { header, sasl, opening, open };

    std::optional<condition> check_header(std::string_view header);
    std::optional<condition> check_sasl(const performative& what);
    std::optional<condition> check_amqp(const performative& what);
    std::optional<condition> check_begin(const performative& what);
    std::optional<condition> check_in_session(const performative& what, peer_session& in);
    static std::optional<condition> check_attach(const performative& what, peer_session& in);
    std::optional<condition> check_transfer(const performative& what, peer_link& on);

    stage stage_ = stage::header;
    bool sasl_begun_ = false;
    std::uint32_t message_format_ = 0;
    std::map<std::uint16_t, peer_session> sessions_; // by channel
};

} // namespace iothub::amqp
