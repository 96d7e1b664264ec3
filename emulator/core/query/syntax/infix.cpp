#include "emulator/core/query/syntax/infix.hpp"

#include <algorithm>
#include <array>

#include "common/letter_case.hpp"

namespace iothub::core::query {

const infix* infix_at(const token_cursor& tokens) {
    using enum infix::kind;
    static constexpr std::array operators{
        infix{"??", 0, binary, binary_operator::coalesce},
        infix{"OR", 1, junction},
        infix{"AND", 2, junction, {}, true},
        infix{"=", 3, binary, binary_operator::equal},
        infix{"!=", 3, binary, binary_operator::not_equal},
        infix{"<>", 3, binary, binary_operator::not_equal},
        infix{"<", 4, binary, binary_operator::less},
        infix{"<=", 4, binary, binary_operator::less_or_equal},
        infix{">", 4, binary, binary_operator::greater},
        infix{">=", 4, binary, binary_operator::greater_or_equal},
        infix{"IN", 4, membership},
        infix{"NIN", 4, membership, {}, true},
        infix{"+", 5, binary, binary_operator::add},
        infix{"-", 5, binary, binary_operator::subtract},
        infix{"||", 5, binary, binary_operator::concatenate},
        infix{"*", 6, binary, binary_operator::multiply},
        infix{"/", 6, binary, binary_operator::divide},
        infix{"%", 6, binary, binary_operator::modulo},
    };
    const token& here = tokens.peek();
    if (here.kind != token_kind::symbol && here.kind != token_kind::word) {
        return nullptr;
    }
    const auto* const found = std::ranges::find_if(
        operators, [&](const infix& o) { return equal_ignoring_case(o.text, here.text); });
    return found == operators.end() ? nullptr : found;
}

} // namespace iothub::core::query
