#pragma once
// The numbers of a query (service API §6.1): decimal, with or without a fraction and an exponent,
// and 0x… For the lexer, and for AS_NUMBER.

#include <cstddef>
#include <string_view>

#include "emulator/core/query/expression.hpp"

namespace iothub::core::query {

struct number_literal {
    std::size_t length = 0; // 0: there is no number, or one that no double holds
    json value;             // an integer where 64 bits hold it, else a double
};

// Reads the number at the front of `text`, without a sign.
number_literal read_number_literal(std::string_view text);

} // namespace iothub::core::query
