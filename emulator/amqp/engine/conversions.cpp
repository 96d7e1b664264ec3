#include "emulator/amqp/engine/conversions.hpp"

#include <proton/disposition.h>
#include <proton/terminus.h>

#include <algorithm>
#include <utility>

#include "emulator/amqp/values/data_cursor.hpp"
#include "emulator/amqp/values/value_codec.hpp"

namespace iothub::amqp {

namespace {

std::string text_of(const char* text) {
    return text == nullptr ? std::string() : std::string(text);
}

map map_of(pn_data_t* data) {
    value whole = read_whole(data);
    map* found = std::get_if<map>(&whole.of);
    return found == nullptr ? map() : std::move(*found);
}

} // namespace

attach_request request_of(pn_link_t* which, std::string_view desired_capabilities) {
    const bool peer_sends = pn_link_is_receiver(which);
    pn_terminus_t* source = pn_link_remote_source(which);
    pn_terminus_t* target = pn_link_remote_target(which);
    return {text_of(pn_link_name(which)),
            peer_sends,
            text_of(pn_terminus_get_address(peer_sends ? target : source)),
            text_of(pn_terminus_get_address(peer_sends ? source : target)),
            map_of(pn_link_remote_properties(which)),
            map_of(pn_terminus_filter(source)),
            data_cursor().decode(desired_capabilities).value_or(value())};
}

void set(pn_condition_t* at, const condition& what) {
    pn_condition_set_name(at, what.name.c_str());
    if (!what.description.empty()) {
        pn_condition_set_description(at, what.description.c_str());
    }
    if (!what.info.empty()) {
        write_value(pn_condition_info(at), what.info);
    }
}

std::string text_of(pn_condition_t* what) {
    if (!pn_condition_is_set(what)) {
        return {};
    }
    std::string text = text_of(pn_condition_get_name(what));
    const std::string why = text_of(pn_condition_get_description(what));
    return why.empty() ? text : text + ": " + why;
}

outcome outcome_of(pn_delivery_t* one) {
    switch (pn_delivery_remote_state(one)) {
    case PN_ACCEPTED:
        return outcome::accepted;
    case PN_REJECTED:
        return outcome::rejected;
    case PN_MODIFIED:
        return outcome::modified;
    default:
        return outcome::released;
    }
}

void discard(pn_delivery_t* one) {
    pn_link_t* which = pn_delivery_link(one);
    if (!pn_link_is_receiver(which)) {
        return;
    }
    if (!pn_delivery_partial(one)) {
        pn_delivery_settle(one);
    } else if (pn_link_current(which) == one) {
        std::string bytes(pn_delivery_pending(one), '\0');
        pn_link_recv(which, bytes.data(), bytes.size());
    }
}

std::uint64_t message_limit(pn_link_t* which, std::uint64_t own) {
    const std::uint64_t theirs = pn_link_remote_max_message_size(which);
    const bool keeps_theirs = pn_link_is_sender(which) && theirs != 0;
    return keeps_theirs ? std::min(theirs, own) : own;
}

void echo_properties(pn_link_t* which) {
    if (pn_data_t* theirs = pn_link_remote_properties(which)) {
        pn_data_copy(pn_link_properties(which), theirs);
    }
}

void echo_attach(pn_link_t* which, bool settles_at_once) {
    pn_terminus_copy(pn_link_source(which), pn_link_remote_source(which));
    pn_terminus_copy(pn_link_target(which), pn_link_remote_target(which));
    pn_link_set_snd_settle_mode(which, settles_at_once ? PN_SND_SETTLED
                                                       : pn_link_remote_snd_settle_mode(which));
    pn_link_set_rcv_settle_mode(which, settles_at_once ? PN_RCV_FIRST
                                                       : pn_link_remote_rcv_settle_mode(which));
}

} // namespace iothub::amqp
