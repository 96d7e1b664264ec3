#include "emulator/core/query/syntax/expression_parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "common/letter_case.hpp"
#include "emulator/core/query/syntax/aggregates.hpp"
#include "emulator/core/query/syntax/infix.hpp"
#include "emulator/core/query/syntax/keywords.hpp"
#include "emulator/core/query/values/functions.hpp"

namespace iothub::core::query {

namespace {

std::string_view why_unknown(std::string_view function) {
    if (find_aggregate(function)) {
        return "An aggregate stands behind SELECT only, not in a condition,";
    }
    return equal_ignoring_case(function, "HAS_INTERFACE") ||
                   equal_ignoring_case(function, "HAS_CAPABILITYMODEL")
               ? "HAS_INTERFACE and HAS_CAPABILITYMODEL are not supported,"
               : "Unknown function";
}

std::string wrong_number(const function_entry& of, std::size_t given) {
    const std::string wanted = of.least_arguments == of.most_arguments
                                   ? std::to_string(of.least_arguments)
                                   : fmt::format("{} to {}", of.least_arguments, of.most_arguments);
    return fmt::format("{} takes {} argument{}, not {},", of.name, wanted,
                       of.most_arguments == 1 ? "" : "s", given);
}

} // namespace

expression_ptr expression_parser::parse() {
    return operation(0).tree;
}

expression_parser::parsed expression_parser::operation(int least_binding) {
    parsed left = prefixed();
    while (left.tree != nullptr) {
        const infix* const how = infix_at(tokens_);
        if (how == nullptr || how->binding < least_binding) {
            break;
        }
        left = with_right_side(*how, std::move(left));
    }
    if (tokens_.at_word("NOT")) {
        tokens_.fail("NOT IN is written NIN, and NOT stands before an operand,");
        return {};
    }
    return left;
}

expression_parser::parsed expression_parser::with_right_side(const infix& how, parsed left) {
    if (how.makes == infix::kind::junction) {
        return chain(how, std::move(left));
    }
    tokens_.take();
    if (how.makes == infix::kind::membership) {
        return list_membership(how.flag, std::move(left));
    }
    parsed right = operation(how.binding + 1);
    if (right.tree == nullptr) {
        return {};
    }
    return make(binary{how.how, std::move(left.tree), std::move(right.tree)},
                std::max(left.height, right.height));
}

expression_parser::parsed expression_parser::chain(const infix& how, parsed first) {
    junction all{how.flag, {std::move(first.tree)}};
    std::size_t height = first.height;
    while (infix_at(tokens_) == &how) {
        tokens_.take();
        parsed next = operation(how.binding + 1);
        if (next.tree == nullptr) {
            return {};
        }
        all.operands.push_back(std::move(next.tree));
        height = std::max(height, next.height);
    }
    return make(std::move(all), height);
}

expression_parser::parsed expression_parser::list_membership(bool negated, parsed sought) {
    if (!tokens_.accept_symbol("[")) {
        tokens_.expected("a list in brackets [ ]");
        return {};
    }
    if (depth_ == max_query_depth) {
        return too_deep();
    }
    ++depth_;
    auto candidates = list("]");
    --depth_;
    if (!candidates) {
        return {};
    }
    return make(membership{negated, std::move(sought.tree), std::move(candidates->elements)},
                std::max(sought.height, candidates->height));
}

// All recursion comes by here, but for that of lists behind IN.
expression_parser::parsed expression_parser::prefixed() {
    if (depth_ == max_query_depth) {
        return too_deep();
    }
    ++depth_;
    parsed read = prefixed_within_depth();
    --depth_;
    return read;
}

expression_parser::parsed expression_parser::prefixed_within_depth() {
    if (tokens_.accept_symbol("-")) {
        return negated_number();
    }
    return tokens_.accept_word("NOT") ? negated_truth() : operand();
}

// `-5` is a literal, so that it can be looked for in an index.
expression_parser::parsed expression_parser::negated_number() {
    parsed number = prefixed();
    if (number.tree == nullptr) {
        return {};
    }
    const auto* const constant = std::get_if<literal>(&number.tree->node);
    if (constant == nullptr || !constant->value || !constant->value->is_number()) {
        return make(unary{unary_operator::minus, std::move(number.tree)}, number.height);
    }
    const json& value = *constant->value;
    const bool whole = value.is_number_unsigned()
                           ? std::in_range<std::int64_t>(value.get<std::uint64_t>())
                           : value.is_number_integer();
    return make_literal(whole ? json(-value.get<std::int64_t>()) : json(-value.get<double>()));
}

// NOT binds more than all operators but IN and NIN: `NOT a IN [1]` is NOT (a IN [1]).
expression_parser::parsed expression_parser::negated_truth() {
    parsed truth = prefixed();
    const infix* const how = infix_at(tokens_);
    if (truth.tree != nullptr && how != nullptr && how->makes == infix::kind::membership) {
        truth = with_right_side(*how, std::move(truth));
    }
    if (truth.tree == nullptr) {
        return {};
    }
    return make(unary{unary_operator::logical_not, std::move(truth.tree)}, truth.height);
}

expression_parser::parsed expression_parser::operand() {
    const token& here = tokens_.peek();
    switch (here.kind) {
    case token_kind::string:
    case token_kind::number:
        return make_literal(tokens_.take().value);
    case token_kind::word:
        return word();
    case token_kind::quoted_name:
        return make_path();
    default:
        if (tokens_.accept_symbol("(")) {
            return parenthesis();
        }
        if (tokens_.accept_symbol("[")) {
            return array_literal();
        }
        tokens_.expected("a value");
        return {};
    }
}

expression_parser::parsed expression_parser::word() {
    const token& here = tokens_.peek();
    if (is_reserved(here.text)) {
        tokens_.expected("a value");
        return {};
    }
    if (auto constant = literal_word(here.text)) {
        tokens_.take();
        return make_literal(std::move(*constant));
    }
    return tokens_.at_symbol("(", 1) ? function_call() : make_path();
}

expression_parser::parsed expression_parser::parenthesis() {
    parsed inner = operation(0);
    if (inner.tree != nullptr && !tokens_.accept_symbol(")")) {
        tokens_.expected("an operator or )");
        return {};
    }
    return inner;
}

expression_parser::parsed expression_parser::array_literal() {
    auto elements = list("]");
    if (!elements) {
        return {};
    }
    return make(array{std::move(elements->elements)}, elements->height);
}

expression_parser::parsed expression_parser::function_call() {
    const token& name = tokens_.take();
    const function_entry* const which = find_function(name.text);
    if (which == nullptr) {
        tokens_.fail_at(name, why_unknown(name.text));
        return {};
    }
    tokens_.take();
    auto given = list(")");
    if (!given) {
        return {};
    }
    const std::size_t count = given->elements.size();
    if (count < which->least_arguments || count > which->most_arguments) {
        tokens_.fail_at(name, wrong_number(*which, count));
        return {};
    }
    return make(call{which->which, std::move(given->elements)}, given->height);
}

std::optional<expression_parser::parsed_list> expression_parser::list(std::string_view end) {
    parsed_list all;
    if (tokens_.accept_symbol(end)) {
        return all;
    }
    do {
        parsed element = operation(0);
        if (element.tree == nullptr) {
            return std::nullopt;
        }
        if (all.elements.size() == max_list_length) {
            tokens_.fail(fmt::format("A list has over {} elements", max_list_length));
            return std::nullopt;
        }
        all.elements.push_back(std::move(element.tree));
        all.height = std::max(all.height, element.height);
    } while (tokens_.accept_symbol(","));
    if (!tokens_.accept_symbol(end)) {
        tokens_.expected(fmt::format("an operator, a comma or {}", end));
        return std::nullopt;
    }
    return all;
}

expression_parser::parsed expression_parser::make_literal(std::optional<json> value) {
    if (!count(literals_, max_query_literals, "literals")) {
        return {};
    }
    return {std::make_shared<const expression>(expression{literal{std::move(value)}}), 1};
}

expression_parser::parsed expression_parser::make_path() {
    auto whole = parse_path(tokens_);
    return whole ? make(without_prefix(std::move(*whole), from_), 0) : parsed{};
}

template <class Node>
expression_parser::parsed expression_parser::make(Node node, std::size_t height_below) {
    if (!count(terms_, max_query_terms, "paths, operators and functions")) {
        return {};
    }
    if (height_below >= max_query_depth) {
        return too_deep();
    }
    return {std::make_shared<const expression>(expression{std::move(node)}), height_below + 1};
}

bool expression_parser::count(std::size_t& counter, std::size_t most, std::string_view what) {
    return ++counter <= most || tokens_.fail(fmt::format("Over {} {} in one query", most, what));
}

expression_parser::parsed expression_parser::too_deep() {
    tokens_.fail(fmt::format("Nesting deeper than {} levels", max_query_depth));
    return {};
}

} // namespace iothub::core::query
