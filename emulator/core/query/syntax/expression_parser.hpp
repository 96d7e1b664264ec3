#pragma once
// Expressions of a query (service API §6.1). From what binds least to what binds most: ??, OR, AND,
// = != <>, < <= > >= IN NIN, + - ||, * / %, and - and NOT before one operand. For statement.cpp.

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "emulator/core/query/syntax/infix.hpp"
#include "emulator/core/query/syntax/path_parser.hpp"

namespace iothub::core::query {

inline constexpr std::size_t max_query_depth = 200;     // of parentheses, and of the tree
inline constexpr std::size_t max_query_terms = 4096;    // nodes that are no literals
inline constexpr std::size_t max_query_literals = 8192; // those in lists, too
inline constexpr std::size_t max_list_length = 4096;

class expression_parser {
public:
    // Paths come without the prefix of that collection.
    expression_parser(token_cursor& tokens, collection from)
        : tokens_(tokens)
        , from_(from) {}

    // Null after a mistake, which the cursor then tells.
    expression_ptr parse();

    // What a row costs, in nodes: literals, which are not copied, are taken as an eighth of one.
    std::size_t terms() const { return terms_ + literals_ / 8; }

private:
    // No tree after a mistake. The height counts nodes.
    struct parsed {
        expression_ptr tree;
        std::size_t height = 0;
    };
    struct parsed_list {
        std::vector<expression_ptr> elements;
        std::size_t height = 0;
    };

    parsed operation(int least_binding);
    parsed with_right_side(const infix& how, parsed left);
    parsed chain(const infix& how, parsed first);
    parsed list_membership(bool negated, parsed sought);

    parsed prefixed();
    parsed prefixed_within_depth();
    parsed negated_number();
    parsed negated_truth();

    parsed operand();
    parsed word();
    parsed parenthesis();
    parsed array_literal();
    parsed function_call();
    std::optional<parsed_list> list(std::string_view end);

    parsed make_literal(std::optional<json> value);
    parsed make_path();
    template <class Node>
    parsed make(Node node, std::size_t height_below);
    bool count(std::size_t& counter, std::size_t most, std::string_view what);
    parsed too_deep();

    token_cursor& tokens_;
    collection from_;
    std::size_t depth_ = 0;
    std::size_t terms_ = 0;
    std::size_t literals_ = 0;
};

} // namespace iothub::core::query
