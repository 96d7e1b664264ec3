#pragma once
// Paths as a query writes them (service API §6.1). For the parsers of expressions and statements.

#include <optional>

#include "emulator/core/query/statement.hpp"
#include "emulator/core/query/syntax/token_cursor.hpp"

namespace iothub::core::query {

// `tags.[[my key]].list[0]`; nothing after a mistake. The first name is no keyword unless quoted.
std::optional<path> parse_path(token_cursor& tokens);

// Takes the leading `devices.`, `devices.modules.` or `devices.jobs.` away where it fits.
path without_prefix(path whole, collection from);

// Whether two paths lead to one place of a twin: the names of the system's match in any case.
bool is_same_place(const path& a, const path& b);

} // namespace iothub::core::query
