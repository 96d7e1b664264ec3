#include "emulator/core/query/syntax/path_parser.hpp"

#include <algorithm>
#include <utility>

#include "common/letter_case.hpp"
#include "emulator/core/query/syntax/keywords.hpp"

namespace iothub::core::query {

namespace {

bool is_name(const token& t) {
    return t.kind == token_kind::word || t.kind == token_kind::quoted_name;
}

// `list[0]`: the bracket stands right behind the name.
bool at_index(const token_cursor& tokens, const token& behind) {
    return tokens.at_symbol("[") &&
           tokens.peek().text.data() == behind.text.data() + behind.text.size() &&
           tokens.peek(1).kind == token_kind::number && tokens.at_symbol("]", 2);
}

bool parse_index(token_cursor& tokens, path& into) {
    const std::string_view digits = tokens.peek(1).text;
    if (!std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; })) {
        return tokens.expected("the whole number of an element");
    }
    into.segments.emplace_back(digits);
    tokens.take();
    tokens.take();
    return true;
}

} // namespace

std::optional<path> parse_path(token_cursor& tokens) {
    if (!is_name(tokens.peek()) ||
        (tokens.peek().kind == token_kind::word && is_reserved(tokens.peek().text))) {
        tokens.expected("a path");
        return std::nullopt;
    }
    path whole;
    do {
        if (!is_name(tokens.peek())) {
            tokens.expected("a name");
            return std::nullopt;
        }
        const token* last = &tokens.take();
        whole.segments.emplace_back(last->name());
        while (at_index(tokens, *last)) {
            if (!parse_index(tokens, whole)) {
                return std::nullopt;
            }
            last = &tokens.take();
        }
    } while (tokens.accept_symbol("."));
    return whole;
}

path without_prefix(path whole, collection from) {
    auto& segments = whole.segments;
    const auto drop = [&](std::string_view prefix) {
        const bool there = segments.size() > 1 && equal_ignoring_case(segments.front(), prefix);
        if (there) {
            segments.erase(segments.begin());
        }
        return there;
    };
    if (drop("devices") && from != collection::devices) {
        drop(from == collection::modules ? "modules" : "jobs");
    }
    return whole;
}

bool is_same_place(const path& a, const path& b) {
    const std::size_t length = a.segments.size();
    for (std::size_t at = 0; at < length && length == b.segments.size(); ++at) {
        const bool is_systems =
            at == 0 || (at == 1 && equal_ignoring_case(a.segments.front(), "properties"));
        if (is_systems ? !equal_ignoring_case(a.segments[at], b.segments[at])
                       : a.segments[at] != b.segments[at]) {
            return false;
        }
    }
    return length == b.segments.size();
}

} // namespace iothub::core::query
