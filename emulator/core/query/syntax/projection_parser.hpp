#pragma once
// What a query projects and groups by (service API §6.1), and which of it fit together. The columns
// stand before FROM, so that their paths are finished behind it. For statement.cpp.

#include <vector>

#include "emulator/core/query/statement.hpp"
#include "emulator/core/query/syntax/token_cursor.hpp"

namespace iothub::core::query {

class projection_parser {
public:
    explicit projection_parser(token_cursor& tokens)
        : tokens_(tokens) {}

    // Each is false after a mistake, which the cursor then tells.
    bool parse();                         // `*` or columns
    bool parse_group_by(collection from); // if that is here
    bool finish(statement& into);         // of which `from` is known

private:
    struct placed_column {
        query::column column;
        const token* place;
    };

    bool parse_column();
    bool parse_aggregate(query::column& into);
    bool parse_alias(query::column& into);
    bool fits(const placed_column& c) const;
    bool has_name_of_its_own(const placed_column& c) const;

    token_cursor& tokens_;
    const token* begin_ = nullptr;
    std::vector<placed_column> columns_;
    std::vector<path> group_by_;
};

} // namespace iothub::core::query
