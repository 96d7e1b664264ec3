#include "emulator/core/query/syntax/aggregates.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "common/letter_case.hpp"

namespace iothub::core::query {

std::optional<aggregate> find_aggregate(std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, aggregate>, 5> names{{
        {"COUNT", aggregate::count},
        {"AVG", aggregate::average},
        {"SUM", aggregate::sum},
        {"MIN", aggregate::minimum},
        {"MAX", aggregate::maximum},
    }};
    const auto found = std::ranges::find_if(
        names, [&](const auto& entry) { return equal_ignoring_case(entry.first, name); });
    return found == names.end() ? std::nullopt : std::optional(found->second);
}

} // namespace iothub::core::query
