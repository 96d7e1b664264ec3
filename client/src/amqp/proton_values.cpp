#include "client/src/amqp/proton_values.hpp"

#include <proton/codec.h>

#include <chrono>

namespace iothub::client {

namespace {

constexpr std::size_t max_listed = 10'000;

pn_bytes_t bytes_of(std::string_view text) {
    return pn_bytes(text.size(), text.data());
}

std::string text_of(pn_bytes_t bytes) {
    return bytes.size == 0 ? std::string() : std::string(bytes.start, bytes.size);
}

hub_time time_of(std::int64_t milliseconds) {
    constexpr std::int64_t last = 253'402'300'799'999; // of the year 9999
    const std::int64_t bounded = std::min(std::max(milliseconds, -last), last);
    return hub_time(std::chrono::milliseconds(bounded));
}

// Those of a list or an array that are texts.
std::vector<std::string> texts_in(pn_data_t* from) {
    std::vector<std::string> texts;
    pn_data_enter(from);
    while (texts.size() < max_listed && pn_data_next(from)) {
        const amqp_value one = pn_data_type(from) == PN_LIST || pn_data_type(from) == PN_ARRAY
                                   ? amqp_value()
                                   : read_value(from);
        if (auto text = to_text(one)) {
            texts.push_back(*std::move(text));
        }
    }
    pn_data_exit(from);
    return texts;
}

std::optional<std::int64_t> integer_at(pn_data_t* from) {
    switch (pn_data_type(from)) {
    case PN_UBYTE:
        return pn_data_get_ubyte(from);
    case PN_BYTE:
        return pn_data_get_byte(from);
    case PN_USHORT:
        return pn_data_get_ushort(from);
    case PN_SHORT:
        return pn_data_get_short(from);
    case PN_UINT:
        return pn_data_get_uint(from);
    case PN_INT:
        return pn_data_get_int(from);
    case PN_ULONG:
        return static_cast<std::int64_t>(pn_data_get_ulong(from));
    case PN_LONG:
        return pn_data_get_long(from);
    default:
        return std::nullopt;
    }
}

} // namespace

amqp_value read_value(pn_data_t* from) {
    if (const auto integer = integer_at(from)) {
        return *integer;
    }
    switch (pn_data_type(from)) {
    case PN_BOOL:
        return pn_data_get_bool(from);
    case PN_FLOAT:
        return double(pn_data_get_float(from));
    case PN_DOUBLE:
        return pn_data_get_double(from);
    case PN_TIMESTAMP:
        return time_of(pn_data_get_timestamp(from));
    case PN_STRING:
        return text_of(pn_data_get_string(from));
    case PN_SYMBOL:
        return text_of(pn_data_get_symbol(from));
    case PN_BINARY:
        return text_of(pn_data_get_binary(from));
    case PN_LIST:
    case PN_ARRAY:
        return texts_in(from);
    default:
        return {};
    }
}

amqp_map read_map(pn_data_t* from) {
    amqp_map read;
    if (from == nullptr) {
        return read;
    }
    pn_data_rewind(from);
    if (!pn_data_next(from) || pn_data_type(from) != PN_MAP) {
        return read;
    }
    pn_data_enter(from);
    while (pn_data_next(from)) {
        const auto key = to_text(read_value(from));
        if (!pn_data_next(from)) {
            break;
        }
        amqp_value what = read_value(from);
        if (key && !std::holds_alternative<std::monostate>(what)) {
            read.emplace_back(*key, std::move(what));
        }
    }
    pn_data_exit(from);
    return read;
}

void write_value(pn_data_t* into, const amqp_value& what) {
    if (const auto* text = std::get_if<std::string>(&what)) {
        pn_data_put_string(into, bytes_of(*text));
    } else if (const auto* truth = std::get_if<bool>(&what)) {
        pn_data_put_bool(into, *truth);
    } else if (const auto* integer = std::get_if<std::int64_t>(&what)) {
        pn_data_put_long(into, *integer);
    } else if (const auto* number = std::get_if<double>(&what)) {
        pn_data_put_double(into, *number);
    } else if (const auto* time = std::get_if<hub_time>(&what)) {
        pn_data_put_timestamp(
            into, std::chrono::floor<std::chrono::milliseconds>(time->time_since_epoch()).count());
    } else {
        pn_data_put_null(into);
    }
}

void write_map(pn_data_t* into, const amqp_map& what, key_kind keys) {
    pn_data_put_map(into);
    pn_data_enter(into);
    for (const auto& [key, one] : what) {
        if (keys == key_kind::symbol) {
            pn_data_put_symbol(into, bytes_of(key));
        } else {
            pn_data_put_string(into, bytes_of(key));
        }
        write_value(into, one);
    }
    pn_data_exit(into);
}

} // namespace iothub::client
