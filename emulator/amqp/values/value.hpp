#pragma once
// A value of AMQP's type system (OASIS AMQP 1.0, part 1 §1.6) as the nodes of the hub read and make
// it. Knows nothing of the library that encodes it.

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace iothub::amqp {

// Written as ASCII, which is all that the specification allows (§1.6.21).
struct symbol {
    std::string text;
    bool operator==(const symbol&) const = default;
};

struct binary {
    std::string bytes;
    bool operator==(const binary&) const = default;
};

struct uuid {
    std::array<char, 16> bytes{};
    bool operator==(const uuid&) const = default;
};

// Milliseconds since 1970 (UTC).
struct milliseconds {
    std::int64_t count = 0;
    bool operator==(const milliseconds&) const = default;
};

struct value;
struct described;

using list = std::vector<value>;
using map = std::vector<std::pair<value, value>>; // in the order of the wire

// All of one type, which that of an empty one is not known of.
struct array {
    std::vector<value> items;
    bool operator==(const array&) const = default;
};

template <class T, class... Types>
concept one_of = (std::is_same_v<T, Types> || ...);

// What a value can be made of. Says so without asking the variant, so that an error does not pass
// for a value in result<value>.
template <class T>
concept holdable = std::is_arithmetic_v<T> ||
                   one_of<T, std::monostate, milliseconds, uuid, binary, std::string, symbol, list,
                          map, array, std::shared_ptr<described>, std::shared_ptr<const described>>;

struct value {
    std::variant<std::monostate, bool, std::uint8_t, std::uint16_t, std::uint32_t, std::uint64_t,
                 std::int8_t, std::int16_t, std::int32_t, std::int64_t, float, double, char32_t,
                 milliseconds, uuid, binary, std::string, symbol, list, map, array,
                 std::shared_ptr<const described>>
        of;

    value() = default;
    template <class T>
        requires holdable<std::remove_cvref_t<T>>
    value(T&& what) // NOLINT(google-explicit-constructor)
        : of(std::forward<T>(what)) {}
    value(const char* text) // NOLINT(google-explicit-constructor)
        : of(std::string(text)) {}

    bool is_null() const { return std::holds_alternative<std::monostate>(of); }
    template <class T>
    const T* as() const {
        return std::get_if<T>(&of);
    }

    // Of a string or a symbol; null otherwise.
    const std::string* text() const;

    // Of any integer type; nothing where it is none, or does not fit.
    std::optional<std::int64_t> integer() const;

    bool operator==(const value& other) const;
};

struct described {
    value descriptor; // a ulong or a symbol
    value what;
    bool operator==(const described&) const = default;
};

// The value under a key that is a string or a symbol; null where there is none.
const value* find(const map& in, std::string_view key);

// The text under a key; nothing where there is none.
std::optional<std::string_view> find_text(const map& in, std::string_view key);

// The canonical text of a number, text, truth, uuid or time, as user properties are shown; nothing
// for what has none.
std::optional<std::string> plain_text(const value& what);

} // namespace iothub::amqp
