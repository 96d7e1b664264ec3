#pragma once
// A place in the tokens of a query, and the first mistake that was found. After a mistake the place
// is the end, so that every reader comes to an end by itself. For the parsers of this folder.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"
#include "emulator/core/query/syntax/lexer.hpp"

namespace iothub::core::query {

class token_cursor {
public:
    // `text` must outlive the cursor.
    static result<token_cursor> over(std::string_view text);

    const token& peek(std::size_t ahead = 0) const;
    const token& take();

    bool at_end() const { return peek().kind == token_kind::end; }
    bool at_symbol(std::string_view symbol, std::size_t ahead = 0) const;
    bool at_word(std::string_view keyword) const; // in any case

    // Goes behind it where it is here.
    bool accept_symbol(std::string_view symbol);
    bool accept_word(std::string_view keyword);

    // All false. `what` begins the message and is followed by the place.
    bool expected(std::string_view what); // what should be here, but is not
    bool fail(std::string_view what);     // here
    bool fail_at(const token& place, std::string_view what);

    bool failed() const { return failure_.has_value(); }
    const error& failure() const { return *failure_; }

private:
    token_cursor(std::string_view text, std::vector<token> tokens);

    std::string_view text_;
    std::vector<token> tokens_;
    std::size_t at_ = 0;
    std::optional<error> failure_;
};

} // namespace iothub::core::query
