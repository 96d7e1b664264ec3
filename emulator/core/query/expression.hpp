#pragma once
// What a query says, as a tree (service API §6.1). The parser makes it, evaluation walks it, and
// the choice of an access path looks for comparisons in it. Immutable once made.

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "common/json.hpp"

namespace iothub::core::query {

// properties.desired.[[my key]] without a leading "devices.": {"properties", "desired", "my key"}.
// An element of an array is a segment of digits: tags.list[0] is {"tags", "list", "0"}.
struct path {
    std::vector<std::string> segments;

    bool operator==(const path&) const = default;
};

struct expression;
using expression_ptr = std::shared_ptr<const expression>;

enum class unary_operator { minus, logical_not };

enum class binary_operator {
    add,
    subtract,
    multiply,
    divide,
    modulo,
    concatenate,
    less,
    less_or_equal,
    greater,
    greater_or_equal,
    equal,
    not_equal,
    coalesce,
};

enum class function {
    is_defined,
    is_bool,
    is_number,
    is_string,
    is_null,
    is_object,
    is_array,
    is_primitive,
    as_number,
    starts_with,
    ends_with,
    contains,
    array_contains,
    abs,
    exp,
    power,
    square,
    ceiling,
    floor,
    sign,
    sqrt,
    concat,
    length,
    lower,
    upper,
    substring,
    index_of,
};

struct literal {
    std::optional<json> value; // nothing: undefined
};

struct array {
    std::vector<expression_ptr> elements;
};

struct unary {
    unary_operator how;
    expression_ptr operand;
};

struct binary {
    binary_operator how;
    expression_ptr left;
    expression_ptr right;
};

// AND or OR over two or more: `a AND b AND c` is one node, however long the chain.
struct junction {
    bool all; // AND
    std::vector<expression_ptr> operands;
};

// `value IN [...]`, or NIN.
struct membership {
    bool negated;
    expression_ptr value;
    std::vector<expression_ptr> candidates;
};

struct call {
    query::function which;
    std::vector<expression_ptr> arguments;
};

struct expression {
    std::variant<literal, path, array, unary, binary, junction, membership, call> node;
};

} // namespace iothub::core::query
