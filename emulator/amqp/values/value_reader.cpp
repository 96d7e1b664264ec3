#include <algorithm>
#include <iterator>

#include "emulator/amqp/values/message.hpp"
#include "emulator/amqp/values/value_codec.hpp"

namespace iothub::amqp {

namespace {

value read(pn_data_t* data, std::size_t depth);

std::string string_of(pn_bytes_t bytes) {
    return bytes.size == 0 ? std::string() : std::string(bytes.start, bytes.size);
}

uuid read_uuid(pn_data_t* data) {
    const pn_uuid_t from = pn_data_get_uuid(data);
    uuid id;
    static_assert(sizeof from.bytes == sizeof id.bytes);
    std::copy(std::begin(from.bytes), std::end(from.bytes), id.bytes.begin());
    return id;
}

std::vector<value> read_items(pn_data_t* data, std::size_t count, std::size_t depth) {
    std::vector<value> items;
    items.reserve(count);
    while (pn_data_next(data)) {
        items.push_back(read(data, depth));
    }
    return items;
}

list read_list(pn_data_t* data, std::size_t depth) {
    const std::size_t count = pn_data_get_list(data);
    pn_data_enter(data);
    list items = read_items(data, count, depth);
    pn_data_exit(data);
    return items;
}

// The descriptor that items may have in common is not kept.
array read_array(pn_data_t* data, std::size_t depth) {
    const std::size_t count = pn_data_get_array(data);
    const bool has_descriptor = pn_data_is_array_described(data);
    pn_data_enter(data);
    if (has_descriptor) {
        pn_data_next(data);
    }
    array all{read_items(data, count, depth)};
    pn_data_exit(data);
    return all;
}

map read_map(pn_data_t* data, std::size_t depth) {
    map all;
    all.reserve(pn_data_get_map(data) / 2);
    pn_data_enter(data);
    while (pn_data_next(data)) {
        value key = read(data, depth);
        all.emplace_back(std::move(key), pn_data_next(data) ? read(data, depth) : value());
    }
    pn_data_exit(data);
    return all;
}

value read_described(pn_data_t* data, std::size_t depth) {
    described both;
    pn_data_enter(data);
    if (pn_data_next(data)) {
        both.descriptor = read(data, depth);
    }
    if (pn_data_next(data)) {
        both.what = read(data, depth);
    }
    pn_data_exit(data);
    return std::make_shared<const described>(std::move(both));
}

value read_compound(pn_data_t* data, std::size_t depth) {
    switch (pn_data_type(data)) {
    case PN_LIST:
        return read_list(data, depth);
    case PN_MAP:
        return read_map(data, depth);
    case PN_ARRAY:
        return read_array(data, depth);
    case PN_DESCRIBED:
        return read_described(data, depth);
    default: // a decimal, or nothing
        return {};
    }
}

value read(pn_data_t* data, std::size_t depth) {
    if (depth > max_nesting) {
        return {};
    }
    switch (pn_data_type(data)) {
    case PN_BOOL:
        return pn_data_get_bool(data);
    case PN_UBYTE:
        return pn_data_get_ubyte(data);
    case PN_BYTE:
        return pn_data_get_byte(data);
    case PN_USHORT:
        return pn_data_get_ushort(data);
    case PN_SHORT:
        return pn_data_get_short(data);
    case PN_UINT:
        return pn_data_get_uint(data);
    case PN_INT:
        return pn_data_get_int(data);
    case PN_CHAR:
        return static_cast<char32_t>(pn_data_get_char(data));
    case PN_ULONG:
        return pn_data_get_ulong(data);
    case PN_LONG:
        return pn_data_get_long(data);
    case PN_TIMESTAMP:
        return milliseconds{pn_data_get_timestamp(data)};
    case PN_FLOAT:
        return pn_data_get_float(data);
    case PN_DOUBLE:
        return pn_data_get_double(data);
    case PN_UUID:
        return read_uuid(data);
    case PN_BINARY:
        return binary{string_of(pn_data_get_binary(data))};
    case PN_STRING:
        return string_of(pn_data_get_string(data));
    case PN_SYMBOL:
        return symbol{string_of(pn_data_get_symbol(data))};
    default:
        return read_compound(data, depth + 1);
    }
}

} // namespace

value read_value(pn_data_t* data) {
    return data ? read(data, 0) : value();
}

value read_whole(pn_data_t* data) {
    if (!data) {
        return {};
    }
    pn_data_rewind(data);
    return pn_data_next(data) ? read(data, 0) : value();
}

} // namespace iothub::amqp
