#include "emulator/amqp/nodes/service/c2d_request.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

#include "common/utf8.hpp"

namespace iothub::amqp {

namespace {

// The last day of year 9999, .NET's DateTime.MaxValue in milliseconds.
constexpr std::int64_t latest_expiry = 253'402'300'799'999;

result<> add_id(property_bag& bag, const char* name, const value& id) {
    if (id.is_null()) {
        return {};
    }
    auto text = plain_text(id);
    if (!text) {
        return error{errc::argument_invalid, std::string(name) + " has no text."};
    }
    bag.push_back({name, *std::move(text)});
    return {};
}

void add_text(property_bag& bag, const char* name, const std::optional<std::string>& text) {
    if (text && !text->empty()) {
        bag.push_back({name, *text});
    }
}

// 0 is what senders write who mean none.
timestamp expiry_of(const message_properties& properties) {
    const std::int64_t ms = properties.absolute_expiry_time.value_or(milliseconds{}).count;
    if (ms == 0) {
        return never;
    }
    return timestamp(std::chrono::milliseconds(std::clamp<std::int64_t>(ms, 1, latest_expiry)));
}

result<> read_properties(const message_properties& sent, core::c2d_message& into) {
    property_bag& bag = into.system_properties;
    if (const auto added = add_id(bag, "message-id", sent.message_id); !added) {
        return added;
    }
    if (const auto added = add_id(bag, "correlation-id", sent.correlation_id); !added) {
        return added;
    }
    add_text(bag, "user-id", sent.user_id);
    add_text(bag, "to", sent.to);
    add_text(bag, "content-type", sent.content_type);
    add_text(bag, "content-encoding", sent.content_encoding);
    into.expiry = expiry_of(sent);
    return {};
}

result<> read_application_property(const value& key, const value& what, core::c2d_message& into) {
    const std::string* name = key.text();
    const auto* text = what.as<std::string>();
    if (name == nullptr || text == nullptr) {
        return error{errc::invalid_operation, "Application properties must be strings."};
    }
    if (*name != "iothub-ack") {
        into.application_properties.push_back({*name, *text});
        return {};
    }
    const auto wanted = core::parse_ack(*text);
    if (!wanted) {
        return error{errc::argument_invalid,
                     "iothub-ack must be none, positive, negative or full."};
    }
    into.ack = *wanted;
    return {};
}

result<> read_body(const message& sent, core::c2d_message& into) {
    for (const std::string& part : sent.data) {
        into.body += part;
    }
    if (!sent.body || sent.body->is_null()) {
        return {};
    }
    if (const auto* text = sent.body->as<std::string>()) {
        into.body = *text;
    } else if (const auto* bytes = sent.body->as<binary>()) {
        into.body = bytes->bytes;
    } else {
        return error{errc::argument_invalid, "The body must be data or a string."};
    }
    return {};
}

bool is_text(const property& p) {
    return is_utf8(p.key) && is_utf8(p.value.value_or(""));
}

result<> check_texts(const core::c2d_message& read) {
    if (std::ranges::all_of(read.system_properties, is_text) &&
        std::ranges::all_of(read.application_properties, is_text)) {
        return {};
    }
    return error{errc::argument_invalid, "A property is no UTF-8 text."};
}

} // namespace

result<core::c2d_message> read_c2d_request(const message& sent) {
    core::c2d_message read;
    if (sent.properties) {
        if (const auto done = read_properties(*sent.properties, read); !done) {
            return done.error();
        }
    }
    for (const auto& [key, what] : sent.application_properties) {
        if (const auto done = read_application_property(key, what, read); !done) {
            return done.error();
        }
    }
    if (const auto done = read_body(sent, read); !done) {
        return done.error();
    }
    if (const auto done = check_texts(read); !done) {
        return done.error();
    }
    return read;
}

} // namespace iothub::amqp
