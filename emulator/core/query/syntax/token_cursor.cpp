#include "emulator/core/query/syntax/token_cursor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "common/letter_case.hpp"
#include "emulator/core/query/syntax/keywords.hpp"
#include "emulator/core/query/syntax/syntax_error.hpp"

namespace iothub::core::query {

result<token_cursor> token_cursor::over(std::string_view text) {
    auto tokens = tokenize(text);
    if (!tokens) {
        return tokens.error();
    }
    return token_cursor(text, std::move(*tokens));
}

token_cursor::token_cursor(std::string_view text, std::vector<token> tokens)
    : text_(text)
    , tokens_(std::move(tokens)) {}

const token& token_cursor::peek(std::size_t ahead) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

const token& token_cursor::take() {
    const token& taken = peek();
    at_ = std::min(at_ + 1, tokens_.size() - 1);
    return taken;
}

bool token_cursor::at_symbol(std::string_view symbol, std::size_t ahead) const {
    const token& here = peek(ahead);
    return here.kind == token_kind::symbol && here.text == symbol;
}

bool token_cursor::at_word(std::string_view keyword) const {
    return peek().kind == token_kind::word && equal_ignoring_case(peek().text, keyword);
}

bool token_cursor::accept_symbol(std::string_view symbol) {
    const bool here = at_symbol(symbol);
    if (here) {
        take();
    }
    return here;
}

bool token_cursor::accept_word(std::string_view keyword) {
    const bool here = at_word(keyword);
    if (here) {
        take();
    }
    return here;
}

bool token_cursor::expected(std::string_view what) {
    const token& here = peek();
    const std::string_view clause =
        here.kind == token_kind::word ? refused_clause(here.text) : std::string_view();
    if (!clause.empty()) {
        return fail(fmt::format("{} is not part of the query language", clause));
    }
    if (at_word("SELECT") || (at_symbol("(") && equal_ignoring_case(peek(1).text, "SELECT"))) {
        return fail("A query within a query is not part of the query language");
    }
    return fail(fmt::format("Expected {}", what));
}

bool token_cursor::fail(std::string_view what) {
    return fail_at(peek(), what);
}

bool token_cursor::fail_at(const token& place, std::string_view what) {
    if (!failure_) {
        failure_ = syntax_error(what, text_, place.text);
        at_ = tokens_.size() - 1;
    }
    return false;
}

} // namespace iothub::core::query
