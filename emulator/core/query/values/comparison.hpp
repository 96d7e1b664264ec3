#pragma once
// How values of a query compare (service API §6.1): only primitives, and only with their like.

#include <compare>
#include <optional>

#include "common/json_fwd.hpp"

namespace iothub::core::query {

// Text by its bytes, numbers as numbers (exactly, where both are integers or below 2^53), false
// before true, null equal to null. Nothing: undefined.
std::optional<std::weak_ordering> compare(const json& a, const json& b);

} // namespace iothub::core::query
