#pragma once
// A value of AMQP as far as back ends meet it, free of the library that encodes it. Used by
// amqp_message and whoever reads or makes one.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "iothub/identities.hpp"

namespace iothub::client {

// Nothing is said of which integer, and whether a text is a string or a symbol. What is no such
// value, such as a list of lists, reads as std::monostate.
using amqp_value = std::variant<std::monostate, bool, std::int64_t, double, std::string, hub_time,
                                std::vector<std::string>>;

// A map whose keys are texts, in the order of the wire.
using amqp_map = std::vector<std::pair<std::string, amqp_value>>;

// The value under a key; null where there is none.
const amqp_value* find(const amqp_map& in, std::string_view key);

// As properties are shown; times in ISO 8601; nothing for null and for lists.
std::optional<std::string> to_text(const amqp_value& what);

// Likewise, of what is under a key; empty where there is nothing.
std::string text_in(const amqp_map& map, std::string_view key);

// 0 and nothing where there is none, or something else.
std::int64_t integer_in(const amqp_map& map, std::string_view key);
std::optional<hub_time> time_in(const amqp_map& map, std::string_view key);

} // namespace iothub::client
