#pragma once
// What an expression or a path comes to for a row: a JSON value or undefined. Values of the query
// itself, and what lies in the row, are not copied: a query may name a large twin a thousand times.

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "emulator/core/query/expression.hpp"

namespace iothub::core::query {

class value {
public:
    value() = default; // undefined
    value(json made)
        : held_(std::move(made)) {}
    value(std::optional<json> found) {
        if (found) {
            held_ = std::move(*found);
        }
    }

    // Of something that outlives the value.
    static value of(const json& elsewhere) {
        value borrowed;
        borrowed.held_ = &elsewhere;
        return borrowed;
    }

    // Null: undefined.
    const json* get() const {
        const auto* const* elsewhere = std::get_if<const json*>(&held_);
        return elsewhere != nullptr ? *elsewhere : std::get_if<json>(&held_);
    }
    bool is_defined() const { return get() != nullptr; }

    // Null where it is something else, or undefined.
    const bool* boolean() const { return as<const bool>(); }
    const std::string* text() const { return as<const std::string>(); }
    std::optional<double> number() const {
        const json* const v = get();
        return v != nullptr && v->is_number() ? std::optional(v->get<double>()) : std::nullopt;
    }

    std::optional<json> take() && {
        if (json* const own = std::get_if<json>(&held_)) {
            return std::move(*own);
        }
        return get() == nullptr ? std::optional<json>() : std::optional<json>(*get());
    }

private:
    template <class T>
    T* as() const {
        const json* const v = get();
        return v == nullptr ? nullptr : v->get_ptr<T*>();
    }

    std::variant<std::monostate, const json*, json> held_;
};

} // namespace iothub::core::query
