#pragma once
// The names of the aggregates (service API §6.1), in any case. For the parsers.

#include <optional>
#include <string_view>

#include "emulator/core/query/statement.hpp"

namespace iothub::core::query {

std::optional<aggregate> find_aggregate(std::string_view name);

} // namespace iothub::core::query
