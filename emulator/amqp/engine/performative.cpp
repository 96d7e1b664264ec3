#include "emulator/amqp/engine/performative.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "emulator/amqp/values/value_scan.hpp"

namespace iothub::amqp {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t header_size = 8;
constexpr std::uint8_t null_code = 0x40;

// A type, as the constructors its values begin with.
constexpr auto string = "\xa1\xb1"sv;
constexpr auto symbol_type = "\xa3\xb3"sv;
constexpr auto symbols = "\xa3\xb3\xe0\xf0\x45\xc0\xd0"sv; // one or many
constexpr auto binary_type = "\xa0\xb0"sv;
constexpr auto boolean = "\x56\x41\x42"sv;
constexpr auto ubyte = "\x50"sv;
constexpr auto ushort_type = "\x60"sv;
constexpr auto uint_type = "\x70\x52\x43"sv;
constexpr auto ulong_type = "\x80\x53\x44"sv;
constexpr auto map_type = "\xc1\xd1"sv;
constexpr auto composite = "\0"sv; // described

struct field {
    std::string_view type;
    bool mandatory = false;
};

struct definition {
    performative_code code;
    std::size_t count;
    std::array<field, performative::max_fields> fields;
};

constexpr definition definitions[] = {
    {performative_code::open,
     10,
     {{{string, true},
       {string},
       {uint_type},
       {ushort_type},
       {uint_type},
       {symbols},
       {symbols},
       {symbols},
       {symbols},
       {map_type}}}},
    {performative_code::begin,
     8,
     {{{ushort_type},
       {uint_type, true},
       {uint_type, true},
       {uint_type, true},
       {uint_type},
       {symbols},
       {symbols},
       {map_type}}}},
    {performative_code::attach,
     14,
     {{{string, true},
       {uint_type, true},
       {boolean, true},
       {ubyte},
       {ubyte},
       {composite},
       {composite},
       {map_type},
       {boolean},
       {uint_type},
       {ulong_type},
       {symbols},
       {symbols},
       {map_type}}}},
    {performative_code::flow,
     11,
     {{{uint_type},
       {uint_type, true},
       {uint_type, true},
       {uint_type, true},
       {uint_type},
       {uint_type},
       {uint_type},
       {uint_type},
       {boolean},
       {boolean},
       {map_type}}}},
    {performative_code::transfer,
     11,
     {{{uint_type, true},
       {uint_type},
       {binary_type},
       {uint_type},
       {boolean},
       {boolean},
       {ubyte},
       {composite},
       {boolean},
       {boolean},
       {boolean}}}},
    {performative_code::disposition,
     6,
     {{{boolean, true}, {uint_type, true}, {uint_type}, {boolean}, {composite}, {boolean}}}},
    {performative_code::detach, 3, {{{uint_type, true}, {boolean}, {composite}}}},
    {performative_code::end, 1, {{{composite}}}},
    {performative_code::close, 1, {{{composite}}}},
    {performative_code::sasl_init, 3, {{{symbol_type, true}, {binary_type}, {string}}}},
    {performative_code::sasl_response, 1, {{{binary_type, true}}}},
};

std::uint64_t big_endian(std::string_view bytes) {
    std::uint64_t number = 0;
    for (const char c : bytes) {
        number = number << 8 | static_cast<std::uint8_t>(c);
    }
    return number;
}

condition decode_error(std::string why) {
    return {"amqp:decode-error", std::move(why)};
}

condition invalid_field(std::size_t number, const char* why) {
    return {"amqp:invalid-field", "field " + std::to_string(number) + " " + why};
}

// Bytes of a value that says by itself how wide it is: a ulong's 8, 1 or none.
std::size_t ulong_width(char constructor) {
    return constructor == '\x80' ? 8 : constructor == '\x53' ? 1 : 0;
}

// `bytes` begin with a ulong behind its descriptor's constructor; it is taken off.
const definition* take_descriptor(std::string_view& bytes) {
    const char constructor = bytes.front();
    if (ulong_type.find(constructor) == std::string_view::npos) {
        return nullptr;
    }
    const std::size_t width = ulong_width(constructor);
    const std::uint64_t code = big_endian(bytes.substr(1, width));
    bytes.remove_prefix(1 + width);
    const auto* found = std::ranges::find_if(definitions, [code](const definition& one) {
        return static_cast<std::uint64_t>(one.code) == code;
    });
    return found == std::end(definitions) ? nullptr : found;
}

// The encoded items of a list that value_scan has let pass; nothing where it is no list.
std::optional<std::string_view> items_of(std::string_view list) {
    switch (static_cast<std::uint8_t>(list.front())) {
    case 0x45:
        return std::string_view();
    case 0xc0:
        return list.substr(3);
    case 0xd0:
        return list.substr(9);
    default:
        return std::nullopt;
    }
}

std::optional<condition> read_fields(std::string_view items, const definition& as,
                                     performative& into) {
    value_scan scan(items);
    for (std::size_t i = 0; !scan.at_end(); ++i) {
        const auto item = scan.next();
        if (!item || i == as.count) {
            return decode_error(item ? "a performative of too many fields" : scan.fault());
        }
        const char constructor = item->front();
        if (static_cast<std::uint8_t>(constructor) == null_code) {
            continue;
        }
        if (as.fields[i].type.find(constructor) == std::string_view::npos) {
            return invalid_field(i, "has another type");
        }
        into.fields[i] = *item;
    }
    for (std::size_t i = 0; i < as.count; ++i) {
        if (as.fields[i].mandatory && !into.has(i)) {
            return invalid_field(i, "is missing");
        }
    }
    return std::nullopt;
}

} // namespace

std::uint32_t performative::number(std::size_t field) const {
    if (!has(field)) {
        return 0;
    }
    const auto constructor = static_cast<std::uint8_t>(fields[field].front());
    return constructor == 0x41 ? 1
                               : static_cast<std::uint32_t>(big_endian(fields[field].substr(1)));
}

std::variant<performative, condition> read_performative(std::string_view frame) {
    const std::size_t body = std::size_t{4} * static_cast<std::uint8_t>(frame[4]);
    if (body < header_size || body > frame.size()) {
        return condition{"amqp:connection:framing-error", "a data offset outside of the frame"};
    }
    value_scan scan(frame.substr(body));
    const auto whole = scan.next();
    if (!whole) {
        return decode_error(scan.fault());
    }
    std::string_view rest = *whole;
    const bool is_described = rest.front() == '\0';
    rest.remove_prefix(1);
    const definition* const as = is_described ? take_descriptor(rest) : nullptr;
    const auto items = as == nullptr ? std::nullopt : items_of(rest);
    if (!items) {
        return decode_error("no performative that a client may send");
    }
    if (!scan.at_end() && as->code != performative_code::transfer) {
        return decode_error("bytes behind the performative");
    }
    performative made;
    made.code = as->code;
    made.channel = static_cast<std::uint16_t>(big_endian(frame.substr(6, 2)));
    if (auto wrong = read_fields(*items, *as, made)) {
        return *std::move(wrong);
    }
    return made;
}

} // namespace iothub::amqp
