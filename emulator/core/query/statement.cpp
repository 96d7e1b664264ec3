#include "emulator/core/query/statement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "common/letter_case.hpp"
#include "emulator/core/query/syntax/expression_parser.hpp"
#include "emulator/core/query/syntax/keywords.hpp"
#include "emulator/core/query/syntax/projection_parser.hpp"

namespace iothub::core::query {

namespace {

result<token_cursor> cursor_over(std::string_view text) {
    if (text.size() > max_query_length) {
        return error{errc::argument_invalid,
                     fmt::format("The query has {} bytes, {} are the most it can have.",
                                 text.size(), max_query_length)};
    }
    auto tokens = token_cursor::over(text);
    if (tokens && tokens->at_end()) {
        return error{errc::argument_invalid, "The query is empty."};
    }
    return tokens;
}

std::optional<collection> parse_collection(token_cursor& tokens) {
    const token& place = tokens.peek();
    const bool is_word = place.kind == token_kind::word && !is_reserved(place.text);
    const auto name = is_word ? parse_path(tokens) : std::nullopt;
    if (!name) {
        tokens.expected("devices, devices.modules or devices.jobs");
        return std::nullopt;
    }
    const auto& parts = name->segments;
    if (equal_ignoring_case(parts[0], "devices")) {
        if (parts.size() == 1) {
            return collection::devices;
        }
        if (parts.size() == 2 && equal_ignoring_case(parts[1], "modules")) {
            return collection::modules;
        }
        if (parts.size() == 2 && equal_ignoring_case(parts[1], "jobs")) {
            return collection::jobs;
        }
    }
    tokens.fail_at(place, "Unknown collection, none of devices, devices.modules and devices.jobs,");
    return std::nullopt;
}

// What stands behind WHERE, if that is here: a statement or a condition takes it.
template <class Asked>
bool parse_where(token_cursor& tokens, Asked& into) {
    if (!tokens.accept_word("WHERE")) {
        return true;
    }
    expression_parser parser(tokens, into.from);
    into.where = parser.parse();
    into.terms = parser.terms();
    return into.where != nullptr;
}

bool parse_top(token_cursor& tokens, std::optional<std::uint64_t>& into) {
    if (!tokens.accept_word("TOP")) {
        return true;
    }
    const json& number = tokens.peek().value; // null where it is none
    if (!number.is_number_unsigned() || number < 1U || number > max_query_top) {
        return tokens.expected(
            fmt::format("a whole number from 1 to {} behind TOP", max_query_top));
    }
    into = number.get<std::uint64_t>();
    tokens.take();
    return true;
}

bool parse_from(token_cursor& tokens, collection& into) {
    if (!tokens.accept_word("FROM")) {
        return tokens.expected("FROM");
    }
    const auto from = parse_collection(tokens);
    into = from.value_or(into);
    return from.has_value();
}

bool parse_end(token_cursor& tokens, std::string_view expected) {
    return tokens.at_end() || tokens.expected(expected);
}

bool parse_select(token_cursor& tokens, statement& into) {
    projection_parser projection(tokens);
    if (!tokens.accept_word("SELECT")) {
        return tokens.expected("SELECT");
    }
    return parse_top(tokens, into.top) && projection.parse() && parse_from(tokens, into.from) &&
           parse_where(tokens, into) && projection.parse_group_by(into.from) &&
           parse_end(tokens, into.where != nullptr ? "an operator, GROUP BY or the end"
                                                   : "WHERE, GROUP BY or the end") &&
           projection.finish(into);
}

bool parse_asked(token_cursor& tokens, condition& into) {
    if (tokens.accept_symbol("*")) {
        return parse_end(tokens, "nothing behind *");
    }
    if (tokens.at_word("SELECT")) {
        return tokens.fail("A condition has no SELECT, it begins with FROM or is an expression,");
    }
    if (!tokens.at_word("FROM")) {
        expression_parser parser(tokens, into.from);
        into.where = parser.parse();
        into.terms = parser.terms();
        return into.where != nullptr && parse_end(tokens, "an operator or the end");
    }
    const token& place = tokens.peek(1);
    if (!parse_from(tokens, into.from)) {
        return false;
    }
    if (into.from == collection::jobs) {
        return tokens.fail_at(place, "A condition is about devices or devices.modules, not jobs,");
    }
    return parse_where(tokens, into) &&
           parse_end(tokens, into.where != nullptr ? "an operator or the end" : "WHERE or the end");
}

template <class Asked>
result<Asked> parse_whole(std::string_view text, bool (*parse)(token_cursor&, Asked&)) {
    auto tokens = cursor_over(text);
    if (!tokens) {
        return tokens.error();
    }
    Asked read;
    if (!parse(*tokens, read)) {
        return tokens->failure();
    }
    return read;
}

} // namespace

bool statement::has_aggregate() const {
    return std::ranges::any_of(columns, [](const column& c) { return c.aggregate.has_value(); });
}

result<statement> parse_statement(std::string_view text) {
    return parse_whole<statement>(text, parse_select);
}

result<condition> parse_condition(std::string_view text) {
    return parse_whole<condition>(text, parse_asked);
}

} // namespace iothub::core::query
