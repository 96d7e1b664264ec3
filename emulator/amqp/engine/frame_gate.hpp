#pragma once
// Lets to Proton only what a client may send now (OASIS AMQP 1.0, part 2 §2.2–§2.7): Proton trusts
// its peer in the use of channels, handles and delivery numbers, and stops the process over some
// mistakes. Used by engine.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/amqp/engine/condition.hpp"
#include "emulator/amqp/engine/performative.hpp"

namespace iothub::amqp {

class frame_gate {
public:
    // Of the next protocol header or whole frame: why the connection has to end; nothing where it
    // may pass.
    std::optional<condition> check(std::string_view unit);

    // Of the transfer that may pass, which Proton does not tell: 0 where it names none. Nothing
    // where another frame came.
    std::optional<std::uint32_t> message_format() const { return message_format_; }

    // Where in the flow that may pass the four bytes of its link-credit are, if it is beyond what
    // Proton counts: 2^31-1.
    std::optional<std::size_t> huge_credit() const { return huge_credit_; }

    // Of the attach that may pass, encoded, which Proton does not tell either; empty where it has
    // none.
    const std::string& desired_capabilities() const { return desired_capabilities_; }

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
    std::optional<condition> check_attach(const performative& what, peer_session& in);
    std::optional<condition> check_transfer(const performative& what, peer_link& on);

    stage stage_ = stage::header;
    bool sasl_begun_ = false;
    std::optional<std::uint32_t> message_format_;
    std::optional<std::size_t> huge_credit_;
    std::string desired_capabilities_;
    std::map<std::uint16_t, peer_session> sessions_; // by channel
};

} // namespace iothub::amqp
