#pragma once
// What the tests of the query language share: a row over a JSON object, and what parsing and
// evaluating come to, as text.

#include <string>
#include <string_view>

#include "common/json.hpp"
#include "emulator/core/query/evaluation.hpp"
#include "emulator/core/query/json_path.hpp"
#include "emulator/core/query/statement.hpp"

namespace iothub::core::query::test {

class json_row final : public row {
public:
    explicit json_row(std::string_view document)
        : document_(json::parse(document)) {}

    value find(const path& where) const override {
        const json* const found = follow(document_, where.segments);
        return found == nullptr ? value() : value::of(*found);
    }

private:
    json document_;
};

// The value of an expression as JSON text, "undefined", or what is wrong with it.
inline std::string value_of(std::string_view expression, std::string_view document = "{}") {
    const auto parsed = parse_condition(expression);
    if (!parsed) {
        return parsed.error().message;
    }
    const auto value = evaluate(*parsed->where, json_row(document));
    return value ? value->dump() : "undefined";
}

// What is wrong; empty where nothing is.
inline std::string mistake_in(std::string_view query) {
    const auto parsed = parse_statement(query);
    return parsed ? "" : parsed.error().message;
}

inline std::string mistake_in_condition(std::string_view condition) {
    const auto parsed = parse_condition(condition);
    return parsed ? "" : parsed.error().message;
}

inline std::string repeated(std::string_view text, std::size_t times) {
    std::string whole;
    whole.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) {
        whole += text;
    }
    return whole;
}

} // namespace iothub::core::query::test
