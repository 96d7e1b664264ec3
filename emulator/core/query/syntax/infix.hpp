#pragma once
// The operators that stand between two operands (service API §6.1), and how they bind. For
// expression_parser.

#include <string_view>

#include "emulator/core/query/expression.hpp"
#include "emulator/core/query/syntax/token_cursor.hpp"

namespace iothub::core::query {

struct infix {
    enum class kind { binary, junction, membership };

    std::string_view text;
    int binding; // the more, the sooner it takes its operands; of one rank, the left one first
    kind makes = kind::binary;
    binary_operator how = binary_operator::equal; // binary
    bool flag = false;                            // junction: AND; membership: NIN
};

// The operator that is next, null where there is none. Each has one address.
const infix* infix_at(const token_cursor& tokens);

} // namespace iothub::core::query
