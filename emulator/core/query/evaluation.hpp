#pragma once
// The value of an expression for a row (service API §6.1, semantics): a missing path is undefined,
// and so is every comparison with undefined or between different types.

#include <optional>

#include "common/json_fwd.hpp"
#include "emulator/core/query/expression.hpp"
#include "emulator/core/query/row.hpp"

namespace iothub::core::query {

// Nothing: undefined.
std::optional<json> evaluate(const expression& what, const row& of);

// Whether the row is selected: the value is boolean true. A null expression selects every row.
bool selects(const expression_ptr& where, const row& of);

} // namespace iothub::core::query
