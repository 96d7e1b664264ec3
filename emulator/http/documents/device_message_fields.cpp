#include "emulator/http/documents/device_message_fields.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "common/letter_case.hpp"
#include "common/percent_encoding.hpp"

namespace iothub::http {

namespace {

constexpr std::string_view application_prefix = "iothub-app-";

struct system_field {
    std::string_view name;  // of the field
    std::string_view event; // of the property, as events and messages have it
};

constexpr std::array from_devices{
    system_field{"iothub-messageid", "message-id"},
    system_field{"iothub-correlationid", "correlation-id"},
    system_field{"iothub-userid", "user-id"},
    system_field{"iothub-to", "to"},
    system_field{"iothub-expiry", "absolute-expiry-time"},
    system_field{"iothub-ack", "iothub-ack"},
    system_field{"iothub-contenttype", "content-type"},
    system_field{"iothub-contentencoding", "content-encoding"},
    system_field{"iothub-interface-id", "iothub-interface-id"},
    system_field{"iothub-creation-time-utc", "iothub-creation-time-utc"},
    system_field{"iothub-outputname", "iothub-outputname"},
    system_field{"dt-subject", "dt-subject"},
};

constexpr std::array to_devices{
    system_field{"iothub-messageid", "message-id"},
    system_field{"iothub-correlationid", "correlation-id"},
    system_field{"iothub-userid", "user-id"},
    system_field{"iothub-to", "to"},
    system_field{"iothub-expiry", "absolute-expiry-time"},
    system_field{"iothub-contenttype", "content-type"}, // Java, .NET
    system_field{"iothub-contentencoding", "content-encoding"},
    system_field{"ContentType", "content-type"}, // C
    system_field{"ContentEncoding", "content-encoding"},
};

// A field's name may only have these (RFC 9110 §5.6.2).
bool is_token_character(char c) {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || marks.find(c) != marks.npos;
}

std::string as_field_name(std::string_view key) {
    return std::ranges::all_of(key, is_token_character) ? std::string(key) : percent_encode(key);
}

// A field's value has no control characters, and no spaces around it.
std::string as_field_value(std::string_view value) {
    const auto is_control = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    };
    return std::ranges::any_of(value, is_control) || http_codec::trimmed(value) != value
               ? percent_encode(value)
               : std::string(value);
}

} // namespace

bool add_message_field(core::device_message& message, std::string_view name,
                       std::string_view value) {
    if (starts_with_ignoring_case(name, application_prefix)) {
        message.application_properties.push_back(
            {std::string(name.substr(application_prefix.size())), std::string(value)});
        return true;
    }
    const auto known = std::ranges::find_if(from_devices, [name](const system_field& one) {
        return equal_ignoring_case(one.name, name);
    });
    if (known == from_devices.end()) {
        return false;
    }
    message.system_properties.push_back({std::string(known->event), std::string(value)});
    return true;
}

core::device_message message_of(const http_codec::fields& headers) {
    core::device_message message;
    for (const http_codec::field& one : headers) {
        add_message_field(message, one.name, one.value);
    }
    return message;
}

http_codec::fields fields_of(const core::c2d_delivery& delivery) {
    const core::c2d_message& message = delivery.message;
    http_codec::fields fields{{"ETag", "\"" + delivery.lock_token + "\""}};
    for (const auto& [name, event] : to_devices) {
        if (const property* given = find_property(message.system_properties, event)) {
            fields.add(std::string(name), as_field_value(given->value.value_or("")));
        }
    }
    fields.add("iothub-ack", std::string(ack_text(message.ack)));
    fields.add("iothub-enqueuedtime", iso_8601_round_trip(message.enqueued));
    fields.add("iothub-sequencenumber", std::to_string(message.sequence_number));
    fields.add("iothub-deliverycount", std::to_string(message.delivery_count));
    for (const property& own : message.application_properties) {
        fields.add(std::string(application_prefix) + as_field_name(own.key),
                   as_field_value(own.value.value_or("")));
    }
    return fields;
}

} // namespace iothub::http
