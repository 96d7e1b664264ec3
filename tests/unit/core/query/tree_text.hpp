#pragma once
// An expression of a query as text with all its parentheses: `(a + (b * 2))`.

#include <array>
#include <string>
#include <string_view>

#include "emulator/core/query/statement.hpp"
#include "emulator/core/query/values/functions.hpp"

namespace iothub::core::query::test {

class tree_text {
public:
    static std::string of(const expression_ptr& e) { return std::visit(tree_text(), e->node); }

    static std::string of_condition(std::string_view text) {
        const auto parsed = parse_condition(text);
        return parsed ? of(parsed->where) : parsed.error().message;
    }

    static std::string path_text(const path& p) {
        std::string whole;
        for (const std::string& segment : p.segments) {
            whole += (whole.empty() ? "" : "/") + segment;
        }
        return whole;
    }

    std::string operator()(const literal& l) const {
        return l.value ? l.value->dump() : "undefined";
    }
    std::string operator()(const path& p) const { return path_text(p); }
    std::string operator()(const array& a) const { return "[" + joined(a.elements, ", ") + "]"; }
    std::string operator()(const unary& u) const {
        return (u.how == unary_operator::minus ? "(- " : "(NOT ") + of(u.operand) + ")";
    }
    std::string operator()(const binary& b) const {
        static constexpr std::array<std::string_view, 13> signs{
            "+", "-", "*", "/", "%", "||", "<", "<=", ">", ">=", "=", "!=", "??"};
        return "(" + of(b.left) + " " + std::string(signs.at(static_cast<std::size_t>(b.how))) +
               " " + of(b.right) + ")";
    }
    std::string operator()(const junction& j) const {
        return "(" + joined(j.operands, j.all ? " AND " : " OR ") + ")";
    }
    std::string operator()(const membership& m) const {
        return "(" + of(m.value) + (m.negated ? " NIN [" : " IN [") + joined(m.candidates, ", ") +
               "])";
    }
    std::string operator()(const call& c) const {
        return std::to_string(static_cast<int>(c.which)) + "(" + joined(c.arguments, ", ") + ")";
    }

private:
    static std::string joined(const std::vector<expression_ptr>& all, std::string_view by) {
        std::string whole;
        for (const expression_ptr& e : all) {
            whole += (whole.empty() ? "" : std::string(by)) + of(e);
        }
        return whole;
    }
};

} // namespace iothub::core::query::test
