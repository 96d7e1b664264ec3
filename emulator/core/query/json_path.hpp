#pragma once
// Following the names of a path into a JSON value, for the rows of queries.

#include <span>
#include <string>

#include "common/json_fwd.hpp"

namespace iothub::core::query {

enum class name_match { exact, any_case };

// The value at the end; null where there is none. Names of digits lead into arrays.
const json* follow(const json& from, std::span<const std::string> names,
                   name_match how = name_match::exact);

} // namespace iothub::core::query
