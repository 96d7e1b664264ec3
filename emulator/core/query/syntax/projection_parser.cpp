#include "emulator/core/query/syntax/projection_parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "emulator/core/query/syntax/aggregates.hpp"
#include "emulator/core/query/syntax/keywords.hpp"
#include "emulator/core/query/syntax/path_parser.hpp"

namespace iothub::core::query {

bool projection_parser::parse() {
    begin_ = &tokens_.peek();
    if (tokens_.accept_symbol("*")) {
        return true;
    }
    do {
        if (columns_.size() == max_query_columns) {
            return tokens_.fail(fmt::format("Over {} columns", max_query_columns));
        }
        if (!parse_column()) {
            return false;
        }
    } while (tokens_.accept_symbol(","));
    return true;
}

bool projection_parser::parse_column() {
    placed_column read{{}, &tokens_.peek()};
    if (read.place->kind == token_kind::word && tokens_.at_symbol("(", 1)) {
        if (!parse_aggregate(read.column)) {
            return false;
        }
    } else {
        read.column.path = parse_path(tokens_);
        if (!read.column.path) {
            return false;
        }
        read.column.name = read.column.path->segments.back();
    }
    if (!parse_alias(read.column)) {
        return false;
    }
    columns_.push_back(std::move(read));
    return true;
}

bool projection_parser::parse_aggregate(query::column& into) {
    const token& name = tokens_.take();
    into.aggregate = find_aggregate(name.text);
    if (!into.aggregate) {
        return is_reserved(name.text)
                   ? tokens_.fail_at(name, "Expected a path or an aggregate")
                   : tokens_.fail_at(name, "A column is a path, COUNT, AVG, SUM, MIN or MAX, and "
                                           "no other function,");
    }
    tokens_.take();
    const bool counts_rows = into.aggregate == aggregate::count && tokens_.at_symbol(")");
    if (!counts_rows) {
        if (tokens_.at_symbol("*")) {
            return tokens_.fail("All rows are counted by COUNT()");
        }
        into.path = parse_path(tokens_);
    }
    const token& end = tokens_.peek();
    if (!tokens_.accept_symbol(")")) {
        return tokens_.expected(")");
    }
    const char* const last = end.text.data() + end.text.size();
    into.name.assign(name.text.data(), last);
    return true;
}

bool projection_parser::parse_alias(query::column& into) {
    const bool announced = tokens_.accept_word("AS");
    const token& here = tokens_.peek();
    const bool is_name = here.kind == token_kind::quoted_name ||
                         (here.kind == token_kind::word &&
                          !(announced ? is_keyword(here.text) : is_reserved(here.text)));
    if (is_name) {
        into.name = tokens_.take().name();
        return true;
    }
    return !announced || tokens_.expected("a name behind AS");
}

bool projection_parser::parse_group_by(collection from) {
    const token& place = tokens_.peek();
    if (!tokens_.accept_word("GROUP")) {
        return true;
    }
    if (!tokens_.accept_word("BY")) {
        return tokens_.expected("BY behind GROUP");
    }
    if (from != collection::devices) {
        return tokens_.fail_at(place, "Only a query FROM devices can GROUP BY, not this one,");
    }
    do {
        if (group_by_.size() == max_query_columns) {
            return tokens_.fail(fmt::format("Over {} grouped paths", max_query_columns));
        }
        auto grouped = parse_path(tokens_);
        if (!grouped) {
            return false;
        }
        group_by_.push_back(without_prefix(std::move(*grouped), from));
    } while (tokens_.accept_symbol(","));
    return true;
}

bool projection_parser::finish(statement& into) {
    if (columns_.empty()) {
        return group_by_.empty() ||
               tokens_.fail_at(*begin_, "SELECT * does not go with GROUP BY, it");
    }
    if (into.from == collection::jobs) {
        return tokens_.fail_at(*begin_, "Only SELECT * goes with devices.jobs, not a column");
    }
    for (placed_column& c : columns_) {
        if (c.column.path) {
            c.column.path = without_prefix(std::move(*c.column.path), into.from);
        }
        into.columns.push_back(c.column);
    }
    into.group_by = group_by_;
    return std::ranges::all_of(
        columns_, [this](const placed_column& c) { return fits(c) && has_name_of_its_own(c); });
}

// Beside aggregates and with GROUP BY, a column is what the rows of a group have in common.
bool projection_parser::fits(const placed_column& c) const {
    const bool is_grouped = std::ranges::any_of(group_by_, [&](const path& grouped) {
        return c.column.path && is_same_place(grouped, *c.column.path);
    });
    if (c.column.aggregate || is_grouped) {
        return true;
    }
    if (!group_by_.empty()) {
        return tokens_.fail_at(*c.place, "A column is neither grouped by nor an aggregate");
    }
    const bool beside_aggregate = std::ranges::any_of(
        columns_, [](const placed_column& other) { return other.column.aggregate.has_value(); });
    return !beside_aggregate ||
           tokens_.fail_at(*c.place, "A column beside an aggregate needs GROUP BY");
}

bool projection_parser::has_name_of_its_own(const placed_column& c) const {
    const auto same_name = [&](const placed_column& other) {
        return other.column.name == c.column.name;
    };
    return std::ranges::count_if(columns_, same_name) == 1 ||
           tokens_.fail_at(*c.place, "Two columns have one name, AS gives them others,");
}

} // namespace iothub::core::query
