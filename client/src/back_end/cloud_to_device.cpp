#include "client/src/back_end/cloud_to_device.hpp"

#include <algorithm>

#include "client/src/error_details.hpp"
#include "common/ascii.hpp"
#include "common/percent_encoding.hpp"

namespace iothub {

std::string_view to_string(delivery_acknowledgement wanted) {
    switch (wanted) {
    case delivery_acknowledgement::positive:
        return "positive";
    case delivery_acknowledgement::negative:
        return "negative";
    case delivery_acknowledgement::full:
        return "full";
    default:
        return "none";
    }
}

namespace client {

namespace {

std::string address_of(const identity_key& target) {
    std::string address = "/devices/" + percent_encode(target.device_id);
    if (target.is_module()) {
        address += "/modules/" + percent_encode(target.module_id);
    }
    return address + "/messages/devicebound";
}

void check(const identity_key& target, const cloud_to_device_message& message) {
    if (target.device_id.empty()) {
        throw_argument_invalid("The device id is empty");
    }
    for (const auto* text : {&message.content_type, &message.content_encoding}) {
        if (text->find('\0') != std::string::npos || !is_ascii(*text)) {
            throw_argument_invalid("The type or the encoding of the content has a NUL or no ASCII");
        }
    }
}

} // namespace

amqp_message to_amqp(const identity_key& target, const cloud_to_device_message& message) {
    check(target, message);
    amqp_message made{.message_id = message.message_id,
                      .correlation_id = message.correlation_id,
                      .user_id = message.user_id,
                      .to = address_of(target),
                      .content_type = message.content_type,
                      .content_encoding = message.content_encoding,
                      .expiry = message.expiry_time,
                      .body = message.body};
    for (const auto& [key, value] : message.properties) {
        made.application_properties.emplace_back(key, value);
    }
    if (message.acknowledgement != delivery_acknowledgement::none) {
        made.application_properties.emplace_back("iothub-ack",
                                                 std::string(to_string(message.acknowledgement)));
    }
    return made;
}

} // namespace client

} // namespace iothub
