#pragma once
// How a mistake in a query is told: what is wrong and where, in one line of printable ASCII without
// a semicolon (it goes into bodies and headers). For the lexer and the parsers of this folder.

#include <cstddef>
#include <string_view>

#include "common/result.hpp"

namespace iothub::core::query {

// argument_invalid. `near` is the part of `text` that is wrong, empty where the text ends too
// early.
error syntax_error(std::string_view what, std::string_view text, std::string_view near);

} // namespace iothub::core::query
