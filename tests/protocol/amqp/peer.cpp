#include "peer.hpp"

#include <proton/condition.h>
#include <proton/connection.h>
#include <proton/delivery.h>
#include <proton/disposition.h>
#include <proton/event.h>
#include <proton/link.h>
#include <proton/sasl.h>
#include <proton/session.h>
#include <proton/terminus.h>
#include <proton/transport.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "emulator/amqp/values/value_codec.hpp"

namespace iothub::test {

namespace {

std::string text_of(const char* text) {
    return text == nullptr ? "" : text;
}

amqp::map map_of(pn_data_t* data) {
    const amqp::value whole = amqp::read_whole(data);
    const auto* found = whole.as<amqp::map>();
    return found == nullptr ? amqp::map() : *found;
}

link_end end_of(pn_condition_t* why) {
    return {text_of(pn_condition_get_name(why)), text_of(pn_condition_get_description(why)),
            map_of(pn_condition_info(why))};
}

std::string state_name(std::uint64_t state) {
    switch (state) {
    case PN_ACCEPTED:
        return "accepted";
    case PN_REJECTED:
        return "rejected";
    case PN_RELEASED:
        return "released";
    case PN_MODIFIED:
        return "modified";
    case PN_RECEIVED:
        return "received";
    default:
        return "";
    }
}

std::uint64_t state_named(const std::string& name) {
    for (const std::uint64_t state :
         {PN_ACCEPTED, PN_REJECTED, PN_RELEASED, PN_MODIFIED, PN_RECEIVED}) {
        if (state_name(state) == name) {
            return state;
        }
    }
    return 0;
}

disposition disposition_of(pn_delivery_t* one) {
    pn_condition_t* why = pn_disposition_condition(pn_delivery_remote(one));
    return {state_name(pn_delivery_remote_state(one)), text_of(pn_condition_get_name(why)),
            text_of(pn_condition_get_description(why)), pn_delivery_settled(one)};
}

void put(pn_data_t* into, const amqp::map& what) {
    if (!what.empty()) {
        amqp::write_value(into, what);
    }
}

} // namespace

peer::peer(world& in, net::peer who, amqp::entrance by, wake_up on_hub_output)
    : in_(in)
    , connection_(std::make_unique<amqp::connection>(in.hub, std::move(who), std::move(by),
                                                     std::move(on_hub_output))) {
    pn_connection_driver_init(&driver_, nullptr, nullptr);
    pn_connection_set_container(driver_.connection, "peer");
    pn_connection_set_hostname(driver_.connection, "hub.test");
}

peer::~peer() {
    connection_.reset();
    in_.hub.end_turn();
    pn_connection_driver_destroy(&driver_);
}

void peer::open() {
    open_as_client();
    run();
}

void peer::open_as_client() {
    pn_connection_open(driver_.connection);
    begin();
}

bool peer::open_with_sasl(const std::string& mechanism, const std::string& user,
                          const std::string& password) {
    pn_sasl_t* sasl = pn_sasl(driver_.transport);
    pn_sasl_set_allow_insecure_mechs(sasl, true);
    pn_sasl_allowed_mechs(sasl, mechanism.c_str());
    if (!user.empty()) {
        pn_connection_set_user(driver_.connection, user.c_str());
        pn_connection_set_password(driver_.connection, password.c_str());
    }
    open_as_client();
    run();
    return pn_sasl_outcome(sasl) == PN_SASL_OK;
}

void peer::close() {
    pn_connection_close(driver_.connection);
    run();
}

void peer::begin() {
    session_ = pn_session(driver_.connection);
    pn_session_set_incoming_capacity(session_, 16 * 1024 * 1024);
    pn_session_open(session_);
    run();
}

void peer::end_session() {
    pn_session_close(session_);
    run();
}

peer_link& peer::add(pn_link_t* which, const attach_options& how) {
    links_.push_back(std::make_unique<peer_link>());
    peer_link& added = *links_.back();
    added.proton = which;
    put(pn_link_properties(which), how.properties);
    pn_link_set_snd_settle_mode(which, how.settled ? PN_SND_SETTLED : PN_SND_MIXED);
    pn_link_set_rcv_settle_mode(which, how.second ? PN_RCV_SECOND : PN_RCV_FIRST);
    return added;
}

peer_link& peer::sender(const std::string& target, attach_options how) {
    const std::string name = how.name.empty() ? "s" + std::to_string(links_.size()) : how.name;
    pn_link_t* which = pn_sender(session_, name.c_str());
    peer_link& added = add(which, how);
    pn_terminus_set_address(pn_link_target(which), target.c_str());
    if (!how.peer_address.empty()) {
        pn_terminus_set_address(pn_link_source(which), how.peer_address.c_str());
    }
    pn_link_open(which);
    run();
    return added;
}

peer_link& peer::receiver(const std::string& source, attach_options how) {
    const std::string name = how.name.empty() ? "r" + std::to_string(links_.size()) : how.name;
    pn_link_t* which = pn_receiver(session_, name.c_str());
    peer_link& added = add(which, how);
    pn_terminus_set_address(pn_link_source(which), source.c_str());
    put(pn_terminus_filter(pn_link_source(which)), how.filter);
    if (!how.peer_address.empty()) {
        pn_terminus_set_address(pn_link_target(which), how.peer_address.c_str());
    }
    pn_link_open(which);
    if (how.credit > 0) {
        pn_link_flow(which, how.credit);
    }
    run();
    return added;
}

void peer::detach(peer_link& which) {
    pn_link_close(which.proton);
    run();
}

void peer::give_credit(peer_link& which, int credit) {
    pn_link_flow(which.proton, credit);
    run();
}

bool peer::drain(peer_link& which, int credit) {
    pn_link_drain(which.proton, credit);
    run();
    return pn_link_credit(which.proton) == 0 && !pn_link_draining(which.proton);
}

std::uint64_t peer::send(peer_link& on, const amqp::message& what, bool settled) {
    return send_encoded(on, amqp::encode_message(what), settled);
}

std::uint64_t peer::send_encoded(peer_link& on, std::string_view encoded, bool settled) {
    const std::uint64_t number = ++last_number_;
    char tag[sizeof number];
    std::memcpy(tag, &number, sizeof number);
    pn_delivery_t* one = pn_delivery(on.proton, pn_dtag(tag, sizeof tag));
    pn_link_send(on.proton, encoded.data(), encoded.size());
    pn_link_advance(on.proton);
    on.sent[number] = {};
    if (settled) {
        pn_delivery_settle(one);
    }
    run();
    return number;
}

void peer::settle(peer_link&, std::uint64_t number, const std::string& state, bool settles) {
    pn_delivery_t* one = deliveries_.at(number);
    pn_delivery_update(one, state_named(state));
    if (settles) {
        pn_delivery_settle(one);
        deliveries_.erase(number);
    }
    run();
}

disposition peer::answer(std::uint64_t number) const {
    return disposition_of(deliveries_.at(number));
}

void peer::wait(ticks how_long) {
    in_.clock.advance(how_long);
    run();
}

void peer::run() {
    exchange();
}

void peer::exchange() {
    static constexpr int enough = 10'000;
    for (int step = 0; step < enough; ++step) {
        handle_events();
        const bool gave = give_to_hub();
        connection_->check_deadline();
        in_.hub.advance();
        in_.hub.end_turn();
        const bool took = take_from_hub();
        handle_events();
        if (!gave && !took) {
            return;
        }
    }
    throw std::logic_error("hub and peer do not come to rest");
}

bool peer::give_to_hub() {
    bool gave = false;
    for (;;) {
        const pn_bytes_t ready = pn_connection_driver_write_buffer(&driver_);
        if (ready.size == 0) {
            return gave;
        }
        const std::string bytes(ready.start, ready.size);
        pn_connection_driver_write_done(&driver_, ready.size);
        connection_->receive(bytes);
        gave = true;
    }
}

bool peer::take_from_hub() {
    const std::string bytes = connection_->take_output();
    connection_->resume();
    std::string_view rest = bytes;
    while (!rest.empty()) {
        const pn_rwbytes_t room = pn_connection_driver_read_buffer(&driver_);
        if (room.size == 0) {
            break; // the peer has closed
        }
        const std::size_t count = std::min(room.size, rest.size());
        std::memcpy(room.start, rest.data(), count);
        pn_connection_driver_read_done(&driver_, count);
        rest.remove_prefix(count);
        handle_events();
    }
    return !bytes.empty();
}

void peer::handle_events() {
    while (pn_event_t* event = pn_connection_driver_next_event(&driver_)) {
        handle(event);
    }
}

peer_link* peer::find(pn_link_t* which) {
    const auto found =
        std::ranges::find_if(links_, [which](const auto& one) { return one->proton == which; });
    return found == links_.end() ? nullptr : found->get();
}

void peer::handle(pn_event_t* event) {
    pn_link_t* which = pn_event_link(event);
    peer_link* its = which == nullptr ? nullptr : find(which);
    switch (pn_event_type(event)) {
    case PN_CONNECTION_REMOTE_CLOSE:
        closed_ = end_of(pn_connection_remote_condition(driver_.connection));
        pn_connection_close(driver_.connection);
        break;
    case PN_TRANSPORT_ERROR:
        if (!closed_) {
            closed_ = end_of(pn_transport_condition(driver_.transport));
        }
        break;
    case PN_SESSION_REMOTE_CLOSE:
        session_ended_ = end_of(pn_session_remote_condition(pn_event_session(event)));
        break;
    case PN_LINK_REMOTE_OPEN: {
        pn_terminus_t* terminus =
            pn_link_is_sender(which) ? pn_link_remote_target(which) : pn_link_remote_source(which);
        its->attached = pn_terminus_get_type(terminus) != PN_UNSPECIFIED;
        its->max_message_size = pn_link_remote_max_message_size(which);
        its->second = pn_link_remote_rcv_settle_mode(which) == PN_RCV_SECOND;
        its->settles_at_once = pn_link_remote_snd_settle_mode(which) == PN_SND_SETTLED;
        its->properties = map_of(pn_link_remote_properties(which));
        break;
    }
    case PN_LINK_REMOTE_CLOSE:
    case PN_LINK_REMOTE_DETACH:
        its->ended = end_of(pn_link_remote_condition(which));
        its->attached = false;
        pn_link_close(which);
        break;
    case PN_LINK_FLOW:
        its->credit = pn_link_credit(which);
        break;
    case PN_DELIVERY:
        take_delivery(pn_event_delivery(event));
        break;
    default:
        break;
    }
}

void peer::take_delivery(pn_delivery_t* one) {
    pn_link_t* which = pn_delivery_link(one);
    peer_link& its = *find(which);
    if (pn_link_is_sender(which)) {
        std::uint64_t number = 0;
        std::memcpy(&number, pn_delivery_tag(one).start, sizeof number);
        its.sent[number] = disposition_of(one);
        if (pn_delivery_settled(one)) {
            pn_delivery_settle(one);
        }
        its.credit = pn_link_credit(which);
        return;
    }
    if (pn_delivery_partial(one) || pn_link_current(which) != one) {
        return;
    }
    std::string encoded(pn_delivery_pending(one), '\0');
    pn_link_recv(which, encoded.data(), encoded.size());
    const pn_delivery_tag_t tag = pn_delivery_tag(one);
    its.inbox.push_back({amqp::decode_message(encoded).value(),
                         {tag.start, tag.size},
                         pn_delivery_settled(one),
                         ++last_number_});
    pn_link_advance(which);
    if (pn_delivery_settled(one)) {
        pn_delivery_settle(one);
    } else {
        deliveries_[last_number_] = one;
    }
}

amqp::message text_message(const std::string& data) {
    amqp::message made;
    made.data = {data};
    return made;
}

} // namespace iothub::test
