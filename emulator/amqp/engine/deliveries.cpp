#include <proton/delivery.h>
#include <proton/disposition.h>
#include <proton/link.h>

#include <utility>

#include "emulator/amqp/engine/conversions.hpp"
#include "emulator/amqp/engine/engine.hpp"

namespace iothub::amqp {

void engine::delivery(pn_delivery_t* one) {
    pn_link_t* which = pn_delivery_link(one);
    held_link* held = find(which);
    if (held == nullptr || held->node == nullptr || held->link->ending_) {
        return discard(one);
    }
    if (pn_link_is_receiver(which)) {
        incoming(*held, one);
    } else if (pn_delivery_updated(one)) {
        outgoing(*held, one);
    }
}

void engine::incoming(held_link& held, pn_delivery_t* one) {
    link& its = *held.link;
    if (pn_link_current(its.which_) != one) {
        return; // the peer has settled what was accepted
    }
    if (pn_link_credit(its.which_) <= 0) {
        its.detach({"amqp:link:transfer-limit-exceeded", "There was no credit for it."});
        return discard(one);
    }
    if (its.incoming_.empty() && message_format_ != 0) {
        its.format_ = message_format_;
    }
    const std::size_t before = its.incoming_.size();
    const std::size_t pending = pn_delivery_pending(one);
    if (before + pending > max_message) {
        its.take_incoming();
        its.detach({"amqp:link:message-size-exceeded",
                    "A message may have " + std::to_string(max_message) + " bytes."});
        return discard(one);
    }
    if (unfinished_ + pending > (user_.proved() ? max_unfinished : max_unproved_unfinished)) {
        return close(
            condition{"amqp:resource-limit-exceeded", "Too much of messages without an end."});
    }
    if (pending > 0) {
        unfinished_ += pending;
        its.incoming_.resize(before + pending);
        pn_link_recv(its.which_, its.incoming_.data() + before, pending);
    }
    if (pn_delivery_aborted(one)) {
        its.take_incoming();
        its.format_ = 0;
        pn_delivery_settle(one);
        its.refill();
    } else if (!pn_delivery_partial(one)) {
        complete(held, one);
    }
}

void engine::complete(held_link& held, pn_delivery_t* one) {
    link& its = *held.link;
    const std::string encoded = its.take_incoming();
    const auto taken = held.node->received(encoded, std::exchange(its.format_, 0));
    if (taken) {
        pn_delivery_update(one, PN_ACCEPTED);
    } else {
        set(pn_disposition_condition(pn_delivery_local(one)), user_.condition_of(taken.error()));
        pn_delivery_update(one, PN_REJECTED);
    }
    pn_link_advance(its.which_);
    pn_delivery_settle(one);
    its.refill();
}

void engine::outgoing(held_link& held, pn_delivery_t* one) {
    const std::uint64_t state = pn_delivery_remote_state(one);
    if ((state == 0 || state == PN_RECEIVED) && !pn_delivery_settled(one)) {
        return; // no outcome yet
    }
    const pn_delivery_tag_t tag = pn_delivery_tag(one);
    const auto taken = held.node->settled({tag.start, tag.size}, outcome_of(one));
    if (taken) {
        pn_delivery_update(one, state);
    } else {
        set(pn_disposition_condition(pn_delivery_local(one)), user_.condition_of(taken.error()));
        pn_delivery_update(one, PN_REJECTED);
    }
    pn_delivery_settle(one);
}

} // namespace iothub::amqp
