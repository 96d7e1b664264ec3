#include "emulator/amqp/engine/engine.hpp"

#include <proton/condition.h>
#include <proton/connection.h>
#include <proton/connection_driver.h>
#include <proton/event.h>
#include <proton/link.h>
#include <proton/session.h>
#include <proton/terminus.h>
#include <proton/transport.h>

#include <algorithm>
#include <utility>

#include "emulator/amqp/engine/conversions.hpp"
#include "emulator/amqp/engine/driver.hpp"

namespace iothub::amqp {

namespace {

// As the real service's. It bounds no memory, for what comes is taken from Proton at once.
constexpr std::size_t incoming_window = 5000;
constexpr std::uint16_t highest_channel = 8191;

std::int64_t in_ms(timestamp when) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(when.time_since_epoch()).count();
}

} // namespace

engine::engine(const engine_settings& settings, engine_user& user)
    : user_(user)
    , driver_(std::make_unique<driver>(settings.container_id,
                                       [this](std::string_view how, std::string_view said) {
                                           return user_.authenticate(how, said);
                                       })) {
    pn_transport_t* transport = driver_->transport();
    pn_transport_set_max_frame(transport, max_frame);
    pn_transport_set_channel_max(transport, highest_channel);
    pn_transport_set_idle_timeout(transport, static_cast<pn_millis_t>(idle_time_out.count()));
}

engine::~engine() {
    links_.clear();
}

void engine::receive(std::string_view bytes, timestamp now) {
    now_ = now;
    while (!bytes.empty() && !ended_) {
        const auto unit = frames_.next(bytes);
        if (!unit) {
            feed_transfers();
            fail("amqp:connection:framing-error", unit.error().detail);
            break;
        }
        if (!unit->empty()) {
            take_unit(*unit);
        }
    }
    feed_transfers();
    schedule();
}

void engine::take_unit(std::string_view unit) {
    auto wrong = gate_.check(unit);
    if (!wrong && gate_.message_format() == 0U) {
        transfers_ += unit;
        return;
    }
    feed_transfers();
    if (!wrong && !gate_.message_format() && unit.size() > max_first_frame && !user_.proved()) {
        wrong = {"amqp:connection:framing-error", "The frame is too large before any token."};
    }
    if (wrong) {
        fail(wrong->name.c_str(), wrong->description);
        return end(wrong->name);
    }
    message_format_ = gate_.message_format().value_or(0);
    if (const auto credit = gate_.huge_credit()) {
        return feed(std::string(unit).replace(*credit, 4, "\x7f\xff\xff\xff"));
    }
    feed(unit);
}

// One call for many of them costs Proton, and its events, much less than one for each.
void engine::feed_transfers() {
    message_format_ = 0;
    feed(std::exchange(transfers_, {}));
}

void engine::feed(std::string_view bytes) {
    while (!bytes.empty() && !driver_->read_closed()) {
        const std::size_t taken = driver_->read(bytes);
        if (taken == 0) {
            fail("amqp:connection:framing-error", "there is no room for it");
            return;
        }
        bytes.remove_prefix(taken);
        handle_events();
    }
    if (driver_->read_closed()) {
        end(text_of(pn_transport_condition(driver_->transport())));
    }
}

void engine::take_output(std::string& into) {
    for (std::size_t before = std::string::npos; before != into.size();) {
        before = into.size();
        driver_->take_output(into);
        handle_events(); // nodes may send more now
    }
}

void engine::close(const std::optional<condition>& why) {
    if (why) {
        set(pn_connection_condition(driver_->connection()), *why);
    }
    pn_connection_open(driver_->connection());
    if (why) {
        end_sessions(*why);
    }
    pn_connection_close(driver_->connection());
    handle_events();
    end(why ? why->name : "closed by the hub");
}

// A peer may wait for the end of a session that it has begun, even after a close (Node does).
void engine::end_sessions(const condition& why) {
    constexpr pn_state_t open = PN_LOCAL_ACTIVE;
    for (pn_session_t* one = pn_session_head(driver_->connection(), open); one != nullptr;
         one = pn_session_next(one, open)) {
        set(pn_session_condition(one), why);
        pn_session_close(one);
    }
}

void engine::stream_ended() {
    if (!ended_) {
        driver_->stream_ended();
        handle_events();
    }
    end("the stream has ended");
}

void engine::tick(timestamp now) {
    now_ = now;
    while (!detaches_.empty() && detaches_.front().when <= now) {
        const due_detach due = std::move(detaches_.front());
        detaches_.erase(detaches_.begin());
        detach_now(due);
    }
    handle_events();
    schedule();
}

// Proton wants to be told the time after whatever it did.
void engine::schedule() {
    const std::int64_t next = pn_transport_tick(driver_->transport(), in_ms(now_));
    handle_events();
    next_tick_ = next == 0 ? timestamp::max() : timestamp(std::chrono::milliseconds(next));
    if (!detaches_.empty()) {
        next_tick_ = std::min(next_tick_, detaches_.front().when);
    }
}

void engine::fail(const char* name, const std::string& why) {
    driver_->fail(name, why);
    handle_events();
}

void engine::end(std::string_view reason) {
    if (!std::exchange(ended_, true)) {
        user_.ended(reason);
        links_.clear();
        detaches_.clear();
    }
}

void engine::handle_events() {
    while (pn_event_t* event = driver_->next_event()) {
        if (!ended_) {
            handle(event);
        }
    }
}

void engine::handle(pn_event_t* event) {
    switch (pn_event_type(event)) {
    case PN_CONNECTION_REMOTE_OPEN:
        return remote_opened();
    case PN_CONNECTION_REMOTE_CLOSE:
        pn_connection_close(driver_->connection());
        return end("the peer said goodbye");
    case PN_SESSION_REMOTE_OPEN:
        return session_opened(pn_event_session(event));
    case PN_SESSION_REMOTE_CLOSE:
        return session_closed(pn_event_session(event));
    case PN_LINK_REMOTE_OPEN:
        return link_opened(pn_event_link(event));
    case PN_LINK_REMOTE_CLOSE:
        return link_closed(pn_event_link(event), true);
    case PN_LINK_REMOTE_DETACH:
        return link_closed(pn_event_link(event), false);
    case PN_LINK_FLOW:
        return link_flow(pn_event_link(event));
    case PN_DELIVERY:
        return delivery(pn_event_delivery(event));
    case PN_TRANSPORT_TAIL_CLOSED:
    case PN_TRANSPORT_ERROR:
        return end(text_of(pn_transport_condition(driver_->transport())));
    default:
        return;
    }
}

void engine::remote_opened() {
    const char* host = pn_connection_remote_hostname(driver_->connection());
    auto refused = user_.opened(host == nullptr ? "" : host);
    const pn_millis_t patience = pn_transport_get_remote_idle_timeout(driver_->transport());
    if (patience != 0 && patience < least_idle_time_out.count()) {
        refused = {"amqp:invalid-field", "The idle-time-out is too short."};
    }
    if (refused) {
        return close(refused);
    }
    frames_.set_limit(max_frame);
    pn_connection_set_hostname(driver_->connection(), host);
    pn_connection_open(driver_->connection());
}

void engine::session_opened(pn_session_t* session) {
    if (sessions_ == max_sessions) {
        return close(condition{"amqp:resource-limit-exceeded", "Too many sessions."});
    }
    ++sessions_;
    pn_session_set_incoming_capacity(session, incoming_window * max_frame);
    pn_session_open(session);
}

void engine::session_closed(pn_session_t* session) {
    --sessions_;
    std::erase_if(links_, [session](const auto& one) {
        return pn_link_session(one.second.link->which_) == session;
    });
    pn_session_close(session);
    pn_session_free(session);
}

// A link's context is its number, for Proton tells of links whose node has gone, too.
engine::held_link* engine::find(pn_link_t* which) {
    const auto found = links_.find(reinterpret_cast<std::uintptr_t>(pn_link_get_context(which)));
    return found == links_.end() ? nullptr : &found->second;
}

void engine::link_opened(pn_link_t* which) {
    if (links_.size() >= (user_.proved() ? max_links : max_unproved_links)) {
        return close(condition{"amqp:resource-limit-exceeded", "Too many links."});
    }
    const std::uint64_t number = ++last_link_;
    held_link& held = links_[number];
    held.link =
        std::make_unique<link>(*this, which, request_of(which, gate_.desired_capabilities()));
    held.link->number_ = number;
    held.link->attached_ = now_;
    pn_link_set_context(which, reinterpret_cast<void*>(static_cast<std::uintptr_t>(number)));
    echo_properties(which);
    pn_link_set_max_message_size(which, message_limit(which, max_message));
    auto answer = user_.attached(*held.link);
    if (auto* allowed = std::get_if<accepted_attach>(&answer)) {
        allow(held, std::move(*allowed));
    } else {
        refuse(*held.link, std::get<condition>(answer));
    }
}

void engine::allow(held_link& held, accepted_attach answer) {
    pn_link_t* which = held.link->which_;
    echo_attach(which, answer.settles_at_once);
    pn_link_open(which);
    held.node = std::move(answer.node);
    if (pn_link_is_receiver(which)) {
        held.link->credit_ = answer.credit;
        pn_link_flow(which, answer.credit);
    }
}

void engine::refuse(link& which, const condition& why) {
    pn_terminus_set_type(pn_link_source(which.which_), PN_UNSPECIFIED);
    pn_terminus_set_type(pn_link_target(which.which_), PN_UNSPECIFIED);
    pn_link_open(which.which_);
    which.detach(why);
}

void engine::detach(std::uint64_t link, const condition& why) {
    if (const auto found = links_.find(link); found != links_.end()) {
        found->second.link->detach(why);
    }
}

void engine::detach_later(link& which, const condition& why) {
    const timestamp when = std::max(now_, which.attached_ + pause_before_detach);
    const auto place = std::ranges::upper_bound(detaches_, when, {}, &due_detach::when);
    detaches_.insert(place, {when, which.number_, why});
    next_tick_ = std::min(next_tick_, detaches_.front().when);
}

void engine::detach_now(const due_detach& due) {
    const auto found = links_.find(due.link);
    if (found != links_.end()) {
        pn_link_t* which = found->second.link->which_;
        set(pn_link_condition(which), due.why);
        pn_link_close(which);
        found->second.link->take_incoming();
        found->second.node.reset();
    }
}

void engine::link_closed(pn_link_t* which, bool forever) {
    if (const held_link* held = find(which)) {
        links_.erase(held->link->number_);
    }
    if (forever) {
        pn_link_close(which);
    } else {
        pn_link_detach(which);
    }
    pn_link_free(which);
}

void engine::link_flow(pn_link_t* which) {
    const held_link* held = find(which);
    if (held == nullptr || held->node == nullptr || !pn_link_is_sender(which)) {
        return;
    }
    held->node->credit_changed();
    if (pn_link_get_drain(which)) {
        pn_link_drained(which);
    }
}

} // namespace iothub::amqp
