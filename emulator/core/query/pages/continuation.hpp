#pragma once
// Where the next page of a query begins, as a text that clients send back (service API §6.2). It
// belongs to one query; nothing is kept for it, so it stays right whatever comes and goes
// meanwhile, and over restarts.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/result.hpp"

namespace iothub::core::query {

struct continuation {
    std::string position;             // of the last row, or the last group
    std::optional<std::uint64_t> top; // rows that TOP still lets through
};

// Letters, digits, + / and =.
std::string write_continuation(const continuation& where, std::string_view query_text);

// argument_invalid where the token was altered or belongs to another query.
result<continuation> read_continuation(std::string_view token, std::string_view query_text);

// Of any text, the same on every machine: 16 hexadecimal digits.
std::string digest(std::string_view text);

} // namespace iothub::core::query
