#include "emulator/amqp/engine/link.hpp"

#include <proton/delivery.h>
#include <proton/link.h>
#include <proton/session.h>

#include <algorithm>
#include <utility>

#include "emulator/amqp/engine/engine.hpp"

namespace iothub::amqp {

bool attach_request::desires(std::string_view capability) const {
    const auto is_it = [capability](const value& one) {
        const std::string* text = one.text();
        return text != nullptr && *text == capability;
    };
    if (const auto* several = desired_capabilities.as<array>()) {
        return std::ranges::any_of(several->items, is_it);
    }
    if (const auto* several = desired_capabilities.as<list>()) {
        return std::ranges::any_of(*several, is_it);
    }
    return is_it(desired_capabilities);
}

link::link(engine& owner, pn_link_t* which, attach_request asked)
    : owner_(owner)
    , which_(which)
    , asked_(std::move(asked)) {}

int link::credit() const {
    return ending_ ? 0 : pn_link_credit(which_);
}

std::size_t link::unsent() const {
    return pn_session_outgoing_bytes(pn_link_session(which_));
}

void link::send(std::string_view tag, std::string_view encoded, bool settled) {
    pn_delivery_t* delivery = pn_delivery(which_, pn_dtag(tag.data(), tag.size()));
    pn_link_send(which_, encoded.data(), encoded.size());
    pn_link_advance(which_);
    if (settled) {
        pn_delivery_settle(delivery);
    }
}

std::string link::take_incoming() {
    owner_.unfinished_ -= incoming_.size();
    return std::exchange(incoming_, {});
}

void link::refill() {
    const int left = std::max(pn_link_credit(which_), 0);
    if (left <= credit_ / 2) {
        pn_link_flow(which_, credit_ - left);
    }
}

void link::detach(const condition& why) {
    if (!std::exchange(ending_, true)) {
        owner_.detach_later(*this, why);
    }
}

} // namespace iothub::amqp
