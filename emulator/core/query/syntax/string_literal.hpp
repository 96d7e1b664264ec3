#pragma once
// The texts of a query (service API §6.1): in ' or ", with \' \" \\ and \uXXXX. For the lexer.

#include <cstddef>
#include <string>
#include <string_view>

namespace iothub::core::query {

struct string_literal {
    std::size_t length = 0; // with both quotes; where there is a fault, the place of it
    std::string value;
    std::string_view fault; // empty: none
};

// Reads the text at the front, which begins with its quote.
string_literal read_string_literal(std::string_view text);

} // namespace iothub::core::query
