#include "emulator/amqp/values/properties_codec.hpp"

#include "emulator/amqp/values/malformed.hpp"

namespace iothub::amqp {

namespace {

struct property_field {
    std::string_view name;
    bool (*read)(value& from, message_properties& into); // false: the type is wrong
    value (*write)(const message_properties& from);
};

std::string& text_in(std::string& text) {
    return text;
}
std::string& text_in(symbol& name) {
    return name.text;
}
std::string& text_in(binary& octets) {
    return octets.bytes;
}

template <class Wire>
bool move_text(value& from, std::optional<std::string>& into) {
    auto* held = std::get_if<Wire>(&from.of);
    if (held) {
        into = std::move(text_in(*held));
    }
    return held != nullptr;
}

// Written as a Wire; Others are taken as well.
template <auto member, class Wire, class... Others>
constexpr property_field text_field(std::string_view name) {
    return {name,
            [](value& from, message_properties& into) {
                return move_text<Wire>(from, into.*member) ||
                       (move_text<Others>(from, into.*member) || ...);
            },
            [](const message_properties& from) {
                return from.*member ? value(Wire{*(from.*member)}) : value();
            }};
}

bool is_id(const value& what) {
    return what.as<std::string>() || what.as<uuid>() || what.as<std::uint64_t>() ||
           what.as<binary>();
}

template <auto member>
constexpr property_field id_field(std::string_view name) {
    return {name,
            [](value& from, message_properties& into) {
                const bool fits = is_id(from);
                into.*member = std::move(from);
                return fits;
            },
            [](const message_properties& from) { return from.*member; }};
}

template <auto member>
constexpr property_field time_field(std::string_view name) {
    return {name,
            [](value& from, message_properties& into) {
                const auto* time = from.as<milliseconds>();
                if (time) {
                    into.*member = *time;
                }
                return time != nullptr;
            },
            [](const message_properties& from) {
                return from.*member ? value(*(from.*member)) : value();
            }};
}

template <class Wire>
constexpr property_field unkept_field(std::string_view name) {
    return {name, [](value& from, message_properties&) { return from.as<Wire>() != nullptr; },
            [](const message_properties&) { return value(); }};
}

using p = message_properties;

constexpr property_field fields_in_order[] = {
    id_field<&p::message_id>("message-id"),
    text_field<&p::user_id, binary, std::string>("user-id"),
    text_field<&p::to, std::string>("to"),
    text_field<&p::subject, std::string>("subject"),
    text_field<&p::reply_to, std::string>("reply-to"),
    id_field<&p::correlation_id>("correlation-id"),
    text_field<&p::content_type, symbol, std::string>("content-type"),
    text_field<&p::content_encoding, symbol, std::string>("content-encoding"),
    time_field<&p::absolute_expiry_time>("absolute-expiry-time"),
    time_field<&p::creation_time>("creation-time"),
    unkept_field<std::string>("group-id"),
    unkept_field<std::uint32_t>("group-sequence"),
    unkept_field<std::string>("reply-to-group-id"),
};

} // namespace

result<message_properties> read_properties(list fields) {
    if (fields.size() > std::size(fields_in_order)) {
        return malformed("properties of " + std::to_string(fields.size()) + " fields");
    }
    message_properties all;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const property_field& field = fields_in_order[i];
        if (!fields[i].is_null() && !field.read(fields[i], all)) {
            return malformed(std::string(field.name) + " of a wrong type");
        }
    }
    return all;
}

list write_properties(const message_properties& from) {
    list fields;
    fields.reserve(std::size(fields_in_order));
    for (const property_field& field : fields_in_order) {
        fields.push_back(field.write(from));
    }
    while (!fields.empty() && fields.back().is_null()) {
        fields.pop_back();
    }
    return fields;
}

} // namespace iothub::amqp
