#pragma once
// The words of a query (service API §6.1): names, quoted names, texts, numbers and operators, each
// with its place. Comments /* … */ and white space stand between them. For token_cursor.

#include <string_view>
#include <vector>

#include "common/result.hpp"
#include "emulator/core/query/expression.hpp"

namespace iothub::core::query {

enum class token_kind {
    word,        // a name or a keyword: letters, digits, _ $ and what is not ASCII
    quoted_name, // [[…]]
    string,
    number,
    symbol,
    end,
};

struct token {
    token_kind kind = token_kind::end;
    std::string_view text; // as written: a part of the query
    json value;            // of a string or a number

    // What a word or a quoted name says.
    std::string_view name() const {
        return kind == token_kind::quoted_name ? text.substr(2, text.size() - 4) : text;
    }
};

// The last token is `end`. A word holds a `-` where it goes on behind it (`a-1` is a name, `a - 1`
// and `a -1` are subtractions), and begins with a digit only behind a dot (`tags.1st`). Errors as
// in statement.hpp.
result<std::vector<token>> tokenize(std::string_view text);

} // namespace iothub::core::query
