#include "emulator/core/query/evaluation.hpp"

#include <cmath>
#include <utility>

#include "emulator/core/query/values/comparison.hpp"
#include "emulator/core/query/values/functions.hpp"
#include "emulator/core/query/values/text_functions.hpp"
#include "emulator/core/query/values/value.hpp"

namespace iothub::core::query {

namespace {

value truth(std::optional<bool> known) {
    return known ? value(json(*known)) : value();
}

std::optional<bool> holds(binary_operator how, const json& left, const json& right) {
    const auto order = compare(left, right);
    if (!order) {
        return std::nullopt;
    }
    switch (how) {
    case binary_operator::less:
        return *order < 0;
    case binary_operator::less_or_equal:
        return *order <= 0;
    case binary_operator::greater:
        return *order > 0;
    case binary_operator::greater_or_equal:
        return *order >= 0;
    case binary_operator::equal:
        return *order == 0;
    default:
        return *order != 0;
    }
}

double calculate(binary_operator how, double left, double right) {
    switch (how) {
    case binary_operator::add:
        return left + right;
    case binary_operator::subtract:
        return left - right;
    case binary_operator::multiply:
        return left * right;
    case binary_operator::divide:
        return left / right;
    default:
        return std::fmod(left, right);
    }
}

value calculated(binary_operator how, const value& left, const value& right) {
    const auto a = left.number();
    const auto b = right.number();
    const bool by_zero =
        b && *b == 0 && (how == binary_operator::divide || how == binary_operator::modulo);
    if (!a || !b || by_zero) {
        return {};
    }
    const double answer = calculate(how, *a, *b);
    return std::isfinite(answer) ? value(json(answer)) : value();
}

// Objects and arrays come without what is in them: nothing equals them, and a whole twin may be
// named as often as a list is long.
json as_element(const json& v) {
    return v.is_structured() ? json(v.type()) : v;
}

// One for each kind of node. Recursion is as deep as the tree, which the parser bounds.
class evaluator {
public:
    explicit evaluator(const row& of)
        : row_(of) {}

    value of(const expression& what) const { return std::visit(*this, what.node); }

    value operator()(const literal& l) const { return l.value ? value::of(*l.value) : value(); }

    value operator()(const path& where) const { return row_.find(where); }

    // What is undefined is not an element.
    value operator()(const array& a) const {
        json elements = json::array();
        for (const expression_ptr& element : a.elements) {
            const value v = of(*element);
            if (v.is_defined()) {
                elements.push_back(as_element(*v.get()));
            }
        }
        return elements;
    }

    value operator()(const unary& u) const {
        const value operand = of(*u.operand);
        if (u.how == unary_operator::minus) {
            const auto number = operand.number();
            return number ? value(json(-*number)) : value();
        }
        const bool* const boolean = operand.boolean();
        return boolean != nullptr ? value(json(!*boolean)) : value();
    }

    value operator()(const binary& b) const {
        value left = of(*b.left);
        if (b.how == binary_operator::coalesce) {
            return left.is_defined() ? left : of(*b.right);
        }
        value right = of(*b.right);
        switch (b.how) {
        case binary_operator::add:
        case binary_operator::subtract:
        case binary_operator::multiply:
        case binary_operator::divide:
        case binary_operator::modulo:
            return calculated(b.how, left, right);
        case binary_operator::concatenate:
            return concat({std::move(left), std::move(right)});
        default:
            return left.is_defined() && right.is_defined()
                       ? truth(holds(b.how, *left.get(), *right.get()))
                       : value();
        }
    }

    // False settles AND and true settles OR, whatever the others are.
    value operator()(const junction& j) const {
        bool all_known = true;
        for (const expression_ptr& operand : j.operands) {
            const value v = of(*operand);
            const bool* const boolean = v.boolean();
            if (boolean == nullptr) {
                all_known = false;
            } else if (*boolean != j.all) {
                return json(*boolean);
            }
        }
        return all_known ? value(json(j.all)) : value();
    }

    // Undefined where the value can be compared with none of the candidates.
    value operator()(const membership& m) const {
        const value sought = of(*m.value);
        if (!sought.is_defined()) {
            return {};
        }
        bool comparable = m.candidates.empty();
        for (const expression_ptr& candidate : m.candidates) {
            const value v = of(*candidate);
            const auto order = v.is_defined() ? compare(*sought.get(), *v.get()) : std::nullopt;
            if (order == std::weak_ordering::equivalent) {
                return json(!m.negated);
            }
            comparable = comparable || order;
        }
        return comparable ? value(json(m.negated)) : value();
    }

    value operator()(const call& c) const {
        arguments given;
        given.reserve(c.arguments.size());
        for (const expression_ptr& argument : c.arguments) {
            given.push_back(of(*argument));
        }
        return call_function(c.which, given);
    }

private:
    const row& row_;
};

} // namespace

std::optional<json> evaluate(const expression& what, const row& of) {
    return evaluator(of).of(what).take();
}

bool selects(const expression_ptr& where, const row& of) {
    if (where == nullptr) {
        return true;
    }
    const value found = evaluator(of).of(*where);
    const bool* const boolean = found.boolean();
    return boolean != nullptr && *boolean;
}

} // namespace iothub::core::query
