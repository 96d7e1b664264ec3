#include "emulator/core/query/values/functions.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "common/letter_case.hpp"
#include "emulator/core/query/syntax/number_literal.hpp"
#include "emulator/core/query/values/comparison.hpp"
#include "emulator/core/query/values/text_functions.hpp"

namespace iothub::core::query {

namespace {

constexpr std::size_t many = 64; // arguments of CONCAT

template <bool (json::*Is)() const noexcept>
value is(const arguments& given) {
    const json* const v = given[0].get();
    return json(v != nullptr && (v->*Is)());
}

value is_defined(const arguments& given) {
    return json(given[0].is_defined());
}

value finite(double number) {
    return std::isfinite(number) ? value(json(number)) : value();
}

template <double (*Of)(double)>
value calculated(const arguments& given) {
    const auto number = given[0].number();
    return number ? finite(Of(*number)) : value();
}

double absolute(double x) {
    return std::fabs(x);
}
double exponential(double x) {
    return std::exp(x);
}
double squared(double x) {
    return x * x;
}
double rounded_up(double x) {
    return std::ceil(x);
}
double rounded_down(double x) {
    return std::floor(x);
}
double sign_of(double x) {
    return static_cast<double>((x > 0) - (x < 0));
}
double square_root(double x) {
    return std::sqrt(x);
}

value power(const arguments& given) {
    const auto base = given[0].number();
    const auto exponent = given[1].number();
    return base && exponent ? finite(std::pow(*base, *exponent)) : value();
}

// A text that is a decimal number, with a sign or without.
value as_number(const arguments& given) {
    if (given[0].number()) {
        return json(*given[0].get());
    }
    const std::string* const text = given[0].text();
    if (text == nullptr || text->starts_with("0x") || text->starts_with("0X")) {
        return {};
    }
    std::string_view digits(*text);
    const bool negative = digits.starts_with('-');
    if (negative || digits.starts_with('+')) {
        digits.remove_prefix(1);
    }
    const number_literal read = read_number_literal(digits);
    if (read.length == 0 || read.length != digits.size()) {
        return {};
    }
    return negative ? value(json(-read.value.get<double>())) : value(json(read.value));
}

value array_contains(const arguments& given) {
    const json* const array = given[0].get();
    const json* const sought = given[1].get();
    if (array == nullptr || !array->is_array() || sought == nullptr) {
        return {};
    }
    return json(std::ranges::any_of(*array, [&](const json& element) {
        return compare(element, *sought) == std::weak_ordering::equivalent;
    }));
}

// In the order of the enumeration.
constexpr std::array table{
    function_entry{"IS_DEFINED", function::is_defined, 1, 1, is_defined},
    function_entry{"IS_BOOL", function::is_bool, 1, 1, is<&json::is_boolean>},
    function_entry{"IS_NUMBER", function::is_number, 1, 1, is<&json::is_number>},
    function_entry{"IS_STRING", function::is_string, 1, 1, is<&json::is_string>},
    function_entry{"IS_NULL", function::is_null, 1, 1, is<&json::is_null>},
    function_entry{"IS_OBJECT", function::is_object, 1, 1, is<&json::is_object>},
    function_entry{"IS_ARRAY", function::is_array, 1, 1, is<&json::is_array>},
    function_entry{"IS_PRIMITIVE", function::is_primitive, 1, 1, is<&json::is_primitive>},
    function_entry{"AS_NUMBER", function::as_number, 1, 1, as_number},
    function_entry{"STARTS_WITH", function::starts_with, 2, 2, starts_with},
    function_entry{"ENDS_WITH", function::ends_with, 2, 2, ends_with},
    function_entry{"CONTAINS", function::contains, 2, 2, contains},
    function_entry{"ARRAY_CONTAINS", function::array_contains, 2, 2, array_contains},
    function_entry{"ABS", function::abs, 1, 1, calculated<absolute>},
    function_entry{"EXP", function::exp, 1, 1, calculated<exponential>},
    function_entry{"POWER", function::power, 2, 2, power},
    function_entry{"SQUARE", function::square, 1, 1, calculated<squared>},
    function_entry{"CEILING", function::ceiling, 1, 1, calculated<rounded_up>},
    function_entry{"FLOOR", function::floor, 1, 1, calculated<rounded_down>},
    function_entry{"SIGN", function::sign, 1, 1, calculated<sign_of>},
    function_entry{"SQRT", function::sqrt, 1, 1, calculated<square_root>},
    function_entry{"CONCAT", function::concat, 2, many, concat},
    function_entry{"LENGTH", function::length, 1, 1, length},
    function_entry{"LOWER", function::lower, 1, 1, lower},
    function_entry{"UPPER", function::upper, 1, 1, upper},
    function_entry{"SUBSTRING", function::substring, 2, 3, substring},
    function_entry{"INDEX_OF", function::index_of, 2, 2, index_of},
};

constexpr bool in_order() {
    for (std::size_t at = 0; at < table.size(); ++at) {
        if (static_cast<std::size_t>(table[at].which) != at) {
            return false;
        }
    }
    return true;
}
static_assert(in_order());

} // namespace

const function_entry* find_function(std::string_view name) {
    if (equal_ignoring_case(name, "STARTSWITH")) {
        name = "STARTS_WITH";
    } else if (equal_ignoring_case(name, "ENDSWITH")) {
        name = "ENDS_WITH";
    }
    const auto found = std::ranges::find_if(
        table, [&](const auto& entry) { return equal_ignoring_case(entry.name, name); });
    return found == table.end() ? nullptr : &*found;
}

value call_function(function which, const arguments& given) {
    return table[static_cast<std::size_t>(which)].apply(given);
}

} // namespace iothub::core::query
