#pragma once
// The functions of the query language about text (service API §6.1), for functions.cpp. Texts are
// UTF-8, and positions and lengths count characters. Letters outside ASCII have one case.

#include <cstddef>
#include <string>

#include "emulator/core/query/values/functions.hpp"

namespace iothub::core::query {

// Longer text is not made: it is undefined. In bytes, twice what a twin's text can have.
inline constexpr std::size_t max_made_text = 8192;

value starts_with(const arguments& given);
value ends_with(const arguments& given);
value contains(const arguments& given);
value concat(const arguments& given);
value length(const arguments& given);
value lower(const arguments& given);
value upper(const arguments& given);
value substring(const arguments& given); // from a position, and how many
value index_of(const arguments& given);  // -1 where it is not in it

} // namespace iothub::core::query
