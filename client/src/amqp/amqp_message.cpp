#include "client/src/amqp/amqp_message.hpp"

#include <proton/codec.h>
#include <proton/message.h>

#include <chrono>
#include <cstdint>
#include <memory>

#include "client/src/amqp/proton_values.hpp"
#include "client/src/error_details.hpp"

namespace iothub::client {

namespace {

struct message_deleter {
    void operator()(pn_message_t* message) const { pn_message_free(message); }
};
using message_handle = std::unique_ptr<pn_message_t, message_deleter>;

constexpr std::size_t max_overhead = 1024; // beside the texts of a message

struct text_field {
    std::string amqp_message::* member;
    const char* (*get)(pn_message_t*);
    int (*set)(pn_message_t*, const char*);
};

constexpr text_field text_fields[] = {
    {&amqp_message::to, pn_message_get_address, pn_message_set_address},
    {&amqp_message::reply_to, pn_message_get_reply_to, pn_message_set_reply_to},
    {&amqp_message::content_type, pn_message_get_content_type, pn_message_set_content_type},
    {&amqp_message::content_encoding, pn_message_get_content_encoding,
     pn_message_set_content_encoding},
};

void put_text(pn_data_t* into, const std::string& text) {
    if (!text.empty()) {
        pn_data_put_string(into, pn_bytes(text.size(), text.data()));
    }
}

void put_map(pn_data_t* into, const amqp_map& what, key_kind keys) {
    if (!what.empty()) {
        write_map(into, what, keys);
    }
}

void put_properties(pn_message_t* into, const amqp_message& what) {
    for (const text_field& field : text_fields) {
        if (const std::string& text = what.*field.member; !text.empty()) {
            field.set(into, text.c_str());
        }
    }
    put_text(pn_message_id(into), what.message_id);
    put_text(pn_message_correlation_id(into), what.correlation_id);
    if (!what.user_id.empty()) {
        pn_message_set_user_id(into, pn_bytes(what.user_id.size(), what.user_id.data()));
    }
    if (what.expiry) {
        const auto since = std::chrono::floor<std::chrono::milliseconds>(*what.expiry);
        pn_message_set_expiry_time(into, since.time_since_epoch().count());
    }
}

void put_body(pn_message_t* into, const amqp_message& what) {
    pn_data_t* body = pn_message_body(into);
    pn_message_set_inferred(into, !what.text);
    if (what.text) {
        pn_data_put_string(body, pn_bytes(what.text->size(), what.text->data()));
    } else {
        pn_data_put_binary(body, pn_bytes(what.body.size(), what.body.data()));
    }
}

std::string text_of(const char* text) {
    return text == nullptr ? std::string() : std::string(text);
}

std::string id_in(pn_data_t* from) {
    pn_data_rewind(from);
    return pn_data_next(from) ? to_text(read_value(from)).value_or("") : std::string();
}

void read_properties(pn_message_t* from, amqp_message& into) {
    for (const text_field& field : text_fields) {
        into.*field.member = text_of(field.get(from));
    }
    into.message_id = id_in(pn_message_id(from));
    into.correlation_id = id_in(pn_message_correlation_id(from));
    const pn_bytes_t user = pn_message_get_user_id(from);
    into.user_id = user.size == 0 ? std::string() : std::string(user.start, user.size);
    if (const auto expiry = pn_message_get_expiry_time(from); expiry != 0) {
        into.expiry = hub_time(std::chrono::milliseconds(expiry));
    }
}

void read_body(pn_message_t* from, amqp_message& into) {
    pn_data_t* body = pn_message_body(from);
    into.value = read_map(body);
    pn_data_rewind(body);
    if (into.value.empty() && pn_data_next(body)) {
        into.body = to_text(read_value(body)).value_or("");
    }
}

std::size_t size_of(const amqp_map& map) {
    std::size_t size = 0;
    for (const auto& [key, what] : map) {
        size += key.size() + to_text(what).value_or("").size() + 16;
    }
    return size;
}

// An upper bound of what it takes when encoded.
std::size_t room_for(const amqp_message& what) {
    std::size_t size = max_overhead + what.body.size() + what.text.value_or("").size() +
                       what.message_id.size() + what.correlation_id.size() + what.user_id.size();
    for (const text_field& field : text_fields) {
        size += (what.*field.member).size();
    }
    return size + size_of(what.annotations) + size_of(what.application_properties);
}

} // namespace

std::string encode(const amqp_message& what) {
    const message_handle made(pn_message());
    put_properties(made.get(), what);
    put_map(pn_message_annotations(made.get()), what.annotations, key_kind::symbol);
    put_map(pn_message_properties(made.get()), what.application_properties, key_kind::text);
    put_body(made.get(), what);
    std::string encoded(room_for(what), '\0');
    std::size_t size = encoded.size();
    if (pn_message_encode(made.get(), encoded.data(), &size) != 0) {
        throw_argument_invalid("The message cannot be encoded");
    }
    encoded.resize(size);
    return encoded;
}

amqp_message decode(std::string_view bytes) {
    const message_handle from(pn_message());
    if (bytes.empty() || pn_message_decode(from.get(), bytes.data(), bytes.size()) != 0) {
        throw_error(hub_error_kind::protocol, "The hub sent what is no AMQP message");
    }
    amqp_message read;
    read_properties(from.get(), read);
    read.annotations = read_map(pn_message_annotations(from.get()));
    read.application_properties = read_map(pn_message_properties(from.get()));
    read_body(from.get(), read);
    return read;
}

} // namespace iothub::client
