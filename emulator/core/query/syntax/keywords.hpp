#pragma once
// The words of a query that are no names (service API §6.1), in any case. For the parsers.

#include <optional>
#include <string_view>

#include "common/json_fwd.hpp"

namespace iothub::core::query {

// SELECT, FROM, AND, …
bool is_keyword(std::string_view word);

// Words of SQL that the query language has not: the whole of what is refused ("ORDER BY" for
// "order"), or nothing.
std::string_view refused_clause(std::string_view word);

// A keyword or the beginning of a refused clause: no path begins with it, unless [[…]] quotes it.
bool is_reserved(std::string_view word);

// true, false, null and undefined: nothing where the word is none, nothing in it for undefined.
std::optional<std::optional<json>> literal_word(std::string_view word);

} // namespace iothub::core::query
