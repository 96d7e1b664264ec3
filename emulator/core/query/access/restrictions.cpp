#include "emulator/core/query/access/restrictions.hpp"

#include <optional>
#include <utility>

#include "common/letter_case.hpp"

namespace iothub::core::query {

namespace {

template <class Node>
const Node* as(const expression_ptr& e) {
    return e == nullptr ? nullptr : std::get_if<Node>(&e->node);
}

// What equals can look up; nothing else ever equals a value of these types.
const json* comparable(const expression_ptr& e) {
    const auto* found = as<literal>(e);
    if (found == nullptr || !found->value) {
        return nullptr;
    }
    const json& value = *found->value;
    return value.is_string() || value.is_number() || value.is_boolean() ? &value : nullptr;
}

std::optional<restriction> equality(const expression_ptr& what, const expression_ptr& with) {
    const auto* place = as<path>(what);
    const json* value = comparable(with);
    if (place == nullptr || value == nullptr) {
        return std::nullopt;
    }
    return restriction{*place, restriction::kind::is_one_of, {*value}};
}

std::optional<restriction> restriction_by(const binary& b) {
    if (b.how != binary_operator::equal) {
        return std::nullopt;
    }
    auto found = equality(b.left, b.right);
    return found ? found : equality(b.right, b.left);
}

std::optional<restriction> restriction_by(const membership& m) {
    const auto* place = as<path>(m.value);
    if (m.negated || place == nullptr) {
        return std::nullopt;
    }
    restriction found{*place, restriction::kind::is_one_of, {}};
    for (const expression_ptr& candidate : m.candidates) {
        const json* value = comparable(candidate);
        if (value == nullptr) {
            return std::nullopt;
        }
        found.values.push_back(*value);
    }
    return found;
}

std::optional<restriction> restriction_by(const call& c) {
    if (c.which != function::starts_with || c.arguments.size() != 2) {
        return std::nullopt;
    }
    auto found = equality(c.arguments[0], c.arguments[1]);
    if (!found || !found->values.front().is_string()) {
        return std::nullopt;
    }
    found->how = restriction::kind::begins_with;
    return found;
}

std::optional<restriction> restriction_by(const junction& either);

template <class Node>
std::optional<restriction> restriction_by(const Node&) {
    return std::nullopt;
}

std::optional<restriction> restriction_of(const expression_ptr& e) {
    return std::visit([](const auto& node) { return restriction_by(node); }, e->node);
}

// `a = 1 OR a IN [2, 3]` is `a IN [1, 2, 3]`.
std::optional<restriction> restriction_by(const junction& either) {
    std::optional<restriction> all;
    for (const expression_ptr& operand : either.operands) {
        auto one = either.all ? std::nullopt : restriction_of(operand);
        if (!one || one->how != restriction::kind::is_one_of || (all && all->path != one->path)) {
            return std::nullopt;
        }
        if (!all) {
            all = std::move(one);
        } else {
            all->values.insert(all->values.end(), one->values.begin(), one->values.end());
        }
    }
    return all;
}

void collect(const expression_ptr& e, std::vector<restriction>& into) {
    if (const auto* both = as<junction>(e); both != nullptr && both->all) {
        for (const expression_ptr& operand : both->operands) {
            collect(operand, into);
        }
        return;
    }
    if (auto found = restriction_of(e)) {
        into.push_back(*std::move(found));
    }
}

} // namespace

bool restriction::is_about(std::string_view member) const {
    return path.segments.size() == 1 && equal_ignoring_case(path.segments.front(), member);
}

std::vector<restriction> restrictions_of(const expression_ptr& where) {
    std::vector<restriction> found;
    if (where != nullptr) {
        collect(where, found);
    }
    return found;
}

} // namespace iothub::core::query
