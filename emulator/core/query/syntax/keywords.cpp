#include "emulator/core/query/syntax/keywords.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "common/json.hpp"
#include "common/letter_case.hpp"

namespace iothub::core::query {

bool is_keyword(std::string_view word) {
    static constexpr std::array<std::string_view, 12> keywords{
        "SELECT", "FROM", "WHERE", "GROUP", "BY", "AND", "OR", "NOT", "IN", "NIN", "AS", "TOP"};
    return std::ranges::any_of(keywords,
                               [&](auto keyword) { return equal_ignoring_case(keyword, word); });
}

std::string_view refused_clause(std::string_view word) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 13> clauses{{
        {"ORDER", "ORDER BY"},
        {"JOIN", "JOIN"},
        {"DISTINCT", "DISTINCT"},
        {"LIKE", "LIKE"},
        {"OFFSET", "OFFSET"},
        {"LIMIT", "LIMIT"},
        {"HAVING", "HAVING"},
        {"UNION", "UNION"},
        {"BETWEEN", "BETWEEN"},
        {"EXISTS", "EXISTS"},
        {"VALUE", "VALUE"},
        {"CASE", "CASE"},
        {"IS", "IS"},
    }};
    const auto found = std::ranges::find_if(
        clauses, [&](const auto& clause) { return equal_ignoring_case(clause.first, word); });
    return found == clauses.end() ? std::string_view() : found->second;
}

bool is_reserved(std::string_view word) {
    return is_keyword(word) || !refused_clause(word).empty();
}

std::optional<std::optional<json>> literal_word(std::string_view word) {
    if (equal_ignoring_case(word, "true")) {
        return std::optional<json>(true);
    }
    if (equal_ignoring_case(word, "false")) {
        return std::optional<json>(false);
    }
    if (equal_ignoring_case(word, "null")) {
        return std::optional<json>(nullptr);
    }
    if (equal_ignoring_case(word, "undefined")) {
        return std::optional<std::optional<json>>(std::in_place, std::nullopt);
    }
    return std::nullopt;
}

} // namespace iothub::core::query
