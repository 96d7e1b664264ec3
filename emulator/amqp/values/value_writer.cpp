#include <algorithm>
#include <iterator>

#include "common/ascii.hpp"
#include "emulator/amqp/values/value_codec.hpp"

namespace iothub::amqp {

namespace {

// Proton's type of each alternative of value::of, in their order.
constexpr pn_type_t types[] = {PN_NULL, PN_BOOL,      PN_UBYTE, PN_USHORT,   PN_UINT,   PN_ULONG,
                               PN_BYTE, PN_SHORT,     PN_INT,   PN_LONG,     PN_FLOAT,  PN_DOUBLE,
                               PN_CHAR, PN_TIMESTAMP, PN_UUID,  PN_BINARY,   PN_STRING, PN_SYMBOL,
                               PN_LIST, PN_MAP,       PN_ARRAY, PN_DESCRIBED};
static_assert(std::size(types) == std::variant_size_v<decltype(value::of)>);

pn_bytes_t bytes_of(const std::string& text) {
    return pn_bytes(text.size(), text.data());
}

// Items of several types cannot share the constructor of an array, nor can described ones; nulls
// would take no bytes, which no reader has to believe.
bool fits_array(const std::vector<value>& items) {
    return std::all_of(items.begin(), items.end(), [&](const value& item) {
        const pn_type_t type = types[item.of.index()];
        return item.of.index() == items.front().of.index() && type != PN_DESCRIBED &&
               type != PN_NULL;
    });
}

struct writer {
    pn_data_t* data;

    void operator()(std::monostate) const { pn_data_put_null(data); }
    void operator()(bool v) const { pn_data_put_bool(data, v); }
    void operator()(std::uint8_t v) const { pn_data_put_ubyte(data, v); }
    void operator()(std::uint16_t v) const { pn_data_put_ushort(data, v); }
    void operator()(std::uint32_t v) const { pn_data_put_uint(data, v); }
    void operator()(std::uint64_t v) const { pn_data_put_ulong(data, v); }
    void operator()(std::int8_t v) const { pn_data_put_byte(data, v); }
    void operator()(std::int16_t v) const { pn_data_put_short(data, v); }
    void operator()(std::int32_t v) const { pn_data_put_int(data, v); }
    void operator()(std::int64_t v) const { pn_data_put_long(data, v); }
    void operator()(float v) const { pn_data_put_float(data, v); }
    void operator()(double v) const { pn_data_put_double(data, v); }
    void operator()(char32_t v) const { pn_data_put_char(data, v); }
    void operator()(milliseconds v) const { pn_data_put_timestamp(data, v.count); }
    void operator()(const binary& v) const { pn_data_put_binary(data, bytes_of(v.bytes)); }
    void operator()(const std::string& v) const { pn_data_put_string(data, bytes_of(v)); }
    void operator()(const symbol& v) const {
        pn_data_put_symbol(data, bytes_of(is_ascii(v.text) ? v.text : to_ascii(v.text)));
    }

    void operator()(const uuid& v) const {
        pn_uuid_t id;
        std::copy(v.bytes.begin(), v.bytes.end(), std::begin(id.bytes));
        pn_data_put_uuid(data, id);
    }

    void operator()(const list& items) const {
        pn_data_put_list(data);
        put_inside(items);
    }

    void operator()(const map& pairs) const {
        pn_data_put_map(data);
        pn_data_enter(data);
        for (const auto& [key, what] : pairs) {
            write_value(data, key);
            write_value(data, what);
        }
        pn_data_exit(data);
    }

    void operator()(const array& all) const {
        if (!fits_array(all.items)) {
            return (*this)(all.items);
        }
        pn_data_put_array(data, false,
                          all.items.empty() ? PN_NULL : types[all.items.front().of.index()]);
        put_inside(all.items);
    }

    void operator()(const std::shared_ptr<const described>& both) const {
        if (!both) {
            return (*this)(std::monostate());
        }
        pn_data_put_described(data);
        pn_data_enter(data);
        write_value(data, both->descriptor);
        write_value(data, both->what);
        pn_data_exit(data);
    }

    void put_inside(const std::vector<value>& items) const {
        pn_data_enter(data);
        for (const value& item : items) {
            write_value(data, item);
        }
        pn_data_exit(data);
    }
};

} // namespace

void write_value(pn_data_t* data, const value& what) {
    std::visit(writer{data}, what.of);
}

} // namespace iothub::amqp
