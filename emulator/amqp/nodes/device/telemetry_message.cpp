#include "emulator/amqp/nodes/device/telemetry_message.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "common/base64.hpp"
#include "common/utf8.hpp"
#include "emulator/amqp/nodes/device/payload.hpp"

namespace iothub::amqp {

namespace {

// Application properties and annotations that the hub understands.
constexpr std::string_view system_names[] = {
    "iothub-outputname", "iothub-interface-id", "dt-subject",         "iothub-creation-time-utc",
    "iothub-ack",        "iothub-operation",    "iothub-MessageType",
};

// Only annotations: distributed tracing.
constexpr std::string_view tracing_names[] = {"Diagnostic-Id", "Correlation-Context"};

// What the hub alone says; Java sends some of them upward.
constexpr std::string_view own_prefixes[] = {"iothub-connection-", "x-opt-"};
constexpr std::string_view own_names[] = {"iothub-enqueuedtime", "iothub-message-source",
                                          "dt-dataschema"};

template <class Names>
bool is_in(const Names& names, std::string_view key) {
    return std::ranges::find(names, key) != std::end(names);
}

bool is_the_hubs_own(std::string_view key) {
    return is_in(own_names, key) || std::ranges::any_of(own_prefixes, [key](auto prefix) {
               return key.starts_with(prefix);
           });
}

// Bytes that are no text are shown as base64.
std::string text_of_bytes(const std::string& bytes) {
    return is_utf8(bytes) ? bytes : base64_encode(bytes);
}

std::optional<std::string> text_of_id(const value& id) {
    if (const auto* bytes = id.as<binary>()) {
        return text_of_bytes(bytes->bytes);
    }
    return plain_text(id);
}

std::optional<std::string> text_of_time(const std::optional<milliseconds>& time) {
    return time ? plain_text(value(*time)) : std::nullopt;
}

void add(property_bag& to, std::string_view name, std::optional<std::string> text) {
    if (text && find_property(to, name) == nullptr) {
        to.push_back({std::string(name), std::move(text)});
    }
}

void add_properties(property_bag& to, const message_properties& from) {
    add(to, "message-id", text_of_id(from.message_id));
    add(to, "to", from.to);
    add(to, "correlation-id", text_of_id(from.correlation_id));
    add(to, "user-id", from.user_id ? std::optional(text_of_bytes(*from.user_id)) : std::nullopt);
    add(to, "absolute-expiry-time", text_of_time(from.absolute_expiry_time));
    add(to, "content-type", from.content_type);
    add(to, "content-encoding", from.content_encoding);
}

void add_annotations(property_bag& to, const map& annotations) {
    for (const auto& [key, what] : annotations) {
        const std::string& name = *key.text();
        if (is_in(system_names, name) || is_in(tracing_names, name)) {
            add(to, name, plain_text(what));
        }
    }
}

// A property without a value has none over MQTT either.
void add_application_property(core::device_message& to, const std::string& name,
                              const value& what) {
    auto text = plain_text(what);
    if (is_the_hubs_own(name) || (!text && !what.is_null())) {
        return;
    }
    if (is_in(system_names, name)) {
        add(to.system_properties, name, std::move(text));
    } else {
        to.application_properties.push_back({name, std::move(text)});
    }
}

std::size_t size_of(const telemetry_message& one) {
    return one.body.size() + bytes_in(one.content.system_properties) +
           bytes_in(one.content.application_properties);
}

error too_large(std::size_t size) {
    return {errc::message_too_large, "Message size is " + std::to_string(size) +
                                         " bytes which is greater than the max size " +
                                         std::to_string(core::max_device_message_bytes) +
                                         " bytes allowed."};
}

result<std::vector<telemetry_message>> checked(std::vector<telemetry_message> all) {
    std::size_t size = 0;
    for (const telemetry_message& one : all) {
        size += size_of(one);
    }
    if (size > core::max_device_message_bytes) {
        return too_large(size);
    }
    return all;
}

// The envelope's own properties are ignored.
result<std::vector<telemetry_message>> read_batch(const message& envelope) {
    if (envelope.data.empty() || envelope.data.size() > max_batch_messages) {
        return error{errc::argument_invalid,
                     "A batch has 1 to " + std::to_string(max_batch_messages) + " messages."};
    }
    std::vector<telemetry_message> all;
    for (const std::string& encoded : envelope.data) {
        const auto decoded = decode_message(encoded);
        if (!decoded) {
            return decoded.error();
        }
        auto one = read_telemetry(*decoded);
        if (!one) {
            return one.error();
        }
        all.push_back(*std::move(one));
    }
    return checked(std::move(all));
}

} // namespace

result<telemetry_message> read_telemetry(const message& from) {
    auto body = payload_of(from);
    if (!body) {
        return body.error();
    }
    telemetry_message one{{}, *std::move(body)};
    property_bag& system = one.content.system_properties;
    if (from.properties) {
        add_properties(system, *from.properties);
    }
    add_annotations(system, from.annotations);
    for (const auto& [key, what] : from.application_properties) {
        add_application_property(one.content, *key.text(), what);
    }
    if (from.properties) {
        add(system, "iothub-creation-time-utc", text_of_time(from.properties->creation_time));
    }
    return one;
}

result<std::vector<telemetry_message>> read_telemetry(std::string_view encoded,
                                                      std::uint32_t format) {
    const auto decoded = decode_message(encoded);
    if (!decoded) {
        return decoded.error();
    }
    if (format == batch_format) {
        return read_batch(*decoded);
    }
    auto one = read_telemetry(*decoded);
    if (!one) {
        return one.error();
    }
    std::vector<telemetry_message> all;
    all.push_back(*std::move(one));
    return checked(std::move(all));
}

} // namespace iothub::amqp
