#pragma once
// The functions of the query language (service API §6.1): the parser finds them by name, evaluation
// calls them. Undefined where an argument has not the type it should have, or there is no answer.

#include <cstddef>
#include <string_view>
#include <vector>

#include "emulator/core/query/expression.hpp"
#include "emulator/core/query/values/value.hpp"

namespace iothub::core::query {

using arguments = std::vector<value>;

struct function_entry {
    std::string_view name; // upper case
    function which;
    std::size_t least_arguments;
    std::size_t most_arguments;
    value (*apply)(const arguments&);
};

// In any case, STARTSWITH and ENDSWITH as well; null where there is none.
const function_entry* find_function(std::string_view name);

// The arguments are as many as the entry says.
value call_function(function which, const arguments& given);

} // namespace iothub::core::query
