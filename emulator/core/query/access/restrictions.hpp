#pragma once
// What every row that a condition selects must fulfil, as far as it can be looked up: comparisons
// of one path with literals in the condition's top-level AND, or such comparisons of one path in an
// OR there. Access paths are chosen by them; the
// condition is evaluated all the same.

#include <vector>

#include "common/json_fwd.hpp"
#include "emulator/core/query/expression.hpp"

namespace iothub::core::query {

struct restriction {
    enum class kind { is_one_of, begins_with };

    query::path path;
    kind how = kind::is_one_of;
    std::vector<json> values; // strings, numbers and booleans; of begins_with, one string

    // A member of the system's at the top, in any case.
    bool is_about(std::string_view member) const;
};

std::vector<restriction> restrictions_of(const expression_ptr& where);

} // namespace iothub::core::query
