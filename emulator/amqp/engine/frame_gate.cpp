#include "emulator/amqp/engine/frame_gate.hpp"

#include <string>

namespace iothub::amqp {

namespace {

constexpr char sasl_type = 1;
constexpr std::uint32_t highest_handle = 0x7fff'ffff; // Proton keeps it in an int
constexpr std::uint32_t highest_credit = 0x7fff'ffff; // likewise

namespace begin_field {
constexpr std::size_t remote_channel = 0;
}
namespace attach_field {
constexpr std::size_t handle = 1, peer_receives = 2, desired_capabilities = 12;
}
namespace flow_field {
constexpr std::size_t handle = 4, link_credit = 6;
}
namespace transfer_field {
constexpr std::size_t handle = 0, id = 1, tag = 2, format = 3, more = 5, aborted = 9;
}
namespace detach_field {
constexpr std::size_t handle = 0;
}

std::size_t body_of(std::string_view frame) {
    return std::size_t{4} * static_cast<std::uint8_t>(frame[4]);
}

// Such a number has a constructor and four bytes.
std::optional<std::size_t> huge_credit_in(const performative& what, std::string_view frame) {
    constexpr std::size_t field = flow_field::link_credit;
    if (what.code != performative_code::flow || what.number(field) <= highest_credit) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(what.fields[field].data() - frame.data()) + 1;
}

condition framing_error(const char* why) {
    return {"amqp:connection:framing-error", why};
}
condition illegal_state(const char* why) {
    return {"amqp:illegal-state", why};
}

// Of flow, transfer and detach.
std::size_t handle_field(performative_code code) {
    return code == performative_code::flow       ? flow_field::handle
           : code == performative_code::transfer ? transfer_field::handle
                                                 : detach_field::handle;
}

} // namespace

std::optional<condition> frame_gate::check(std::string_view unit) {
    message_format_.reset();
    huge_credit_.reset();
    if (stage_ == stage::header || unit.starts_with("AMQP")) {
        return check_header(unit);
    }
    const bool is_sasl = unit[5] == sasl_type;
    if (is_sasl != (stage_ == stage::sasl) || (!is_sasl && unit[5] != 0)) {
        return framing_error("a frame of a type that may not come now");
    }
    if (stage_ == stage::open && unit.size() == body_of(unit)) {
        return std::nullopt; // a heartbeat
    }
    const auto read = read_performative(unit);
    if (const auto* wrong = std::get_if<condition>(&read)) {
        return *wrong;
    }
    const auto& what = std::get<performative>(read);
    huge_credit_ = huge_credit_in(what, unit);
    return is_sasl ? check_sasl(what) : check_amqp(what);
}

// Others that are wrong Proton answers with its own.
std::optional<condition> frame_gate::check_header(std::string_view header) {
    if (stage_ == stage::opening || stage_ == stage::open) {
        return framing_error("a protocol header where a frame should come");
    }
    const bool is_sasl = header[4] == '\3';
    if (header[4] == '\2') {
        return framing_error("TLS within AMQP");
    }
    if (is_sasl && stage_ == stage::sasl) {
        return framing_error("a second SASL header");
    }
    stage_ = is_sasl ? stage::sasl : stage::opening;
    return std::nullopt;
}

std::optional<condition> frame_gate::check_sasl(const performative& what) {
    if (what.code != performative_code::sasl_init || sasl_begun_) {
        return illegal_state("a SASL frame that may not come now");
    }
    sasl_begun_ = true;
    return std::nullopt;
}

std::optional<condition> frame_gate::check_amqp(const performative& what) {
    const bool opens = what.code == performative_code::open;
    if (opens != (stage_ == stage::opening)) {
        return illegal_state(opens ? "a second open" : "there was no open");
    }
    if (opens) {
        stage_ = stage::open;
        return std::nullopt;
    }
    if (what.code == performative_code::begin) {
        return check_begin(what);
    }
    if (what.code == performative_code::close) {
        return std::nullopt;
    }
    const auto session = sessions_.find(what.channel);
    if (session == sessions_.end()) {
        return illegal_state("the channel has no session");
    }
    if (what.code == performative_code::end) {
        sessions_.erase(session);
        return std::nullopt;
    }
    return check_in_session(what, session->second);
}

std::optional<condition> frame_gate::check_begin(const performative& what) {
    if (what.has(begin_field::remote_channel)) {
        return condition{"amqp:invalid-field", "the hub has begun no session"};
    }
    if (!sessions_.try_emplace(what.channel).second) {
        return illegal_state("the channel has a session");
    }
    return std::nullopt;
}

std::optional<condition> frame_gate::check_in_session(const performative& what, peer_session& in) {
    if (what.code == performative_code::attach) {
        return check_attach(what, in);
    }
    const std::size_t field = handle_field(what.code);
    if (what.code == performative_code::disposition ||
        (what.code == performative_code::flow && !what.has(field))) {
        return std::nullopt;
    }
    const auto link = in.find(what.number(field));
    if (link == in.end()) {
        return condition{"amqp:session:unattached-handle", "the handle has no link"};
    }
    if (what.code == performative_code::transfer) {
        return check_transfer(what, link->second);
    }
    if (what.code == performative_code::detach) {
        in.erase(link);
    }
    return std::nullopt;
}

std::optional<condition> frame_gate::check_attach(const performative& what, peer_session& in) {
    desired_capabilities_ = what.fields[attach_field::desired_capabilities];
    const std::uint32_t handle = what.number(attach_field::handle);
    if (handle > highest_handle) {
        return framing_error("a handle beyond what there can be");
    }
    const bool peer_sends = !what.truth(attach_field::peer_receives);
    if (!in.try_emplace(handle, peer_link{peer_sends}).second) {
        return condition{"amqp:session:handle-in-use", "the handle has a link"};
    }
    return std::nullopt;
}

std::optional<condition> frame_gate::check_transfer(const performative& what, peer_link& on) {
    using namespace transfer_field;
    if (!on.peer_sends) {
        return illegal_state("a transfer on a link that the hub sends on");
    }
    if (!on.in_delivery && !(what.has(id) && what.has(tag))) {
        return condition{"amqp:invalid-field", "a delivery without delivery-id or delivery-tag"};
    }
    on.in_delivery = what.truth(more) && !what.truth(aborted);
    message_format_ = what.number(format);
    return std::nullopt;
}

} // namespace iothub::amqp
