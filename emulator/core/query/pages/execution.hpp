#pragma once
// One page of a query being made (service API §6.2), some rows at a time. query_service runs it.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "emulator/core/query/pages/continuation.hpp"
#include "emulator/core/query/pages/row_source.hpp"
#include "emulator/core/query/query_service.hpp"
#include "emulator/core/query/statement.hpp"

namespace iothub::core::query {

// Groups of GROUP BY, and values in all of them: groups × columns.
inline constexpr std::size_t max_groups = 10'000;
inline constexpr std::size_t max_group_values = 100'000;
inline constexpr std::size_t max_group_bytes = 16 * 1024 * 1024;

// A page ends behind the row with which it has so much to say, however few rows that makes.
inline constexpr std::size_t max_page_bytes = 4 * 1024 * 1024;

struct plan {
    statement what;
    std::string text;       // of the query
    std::size_t size = 100; // of the page
    continuation from;      // the beginning, where it has no position
    std::unique_ptr<row_source> rows;
};

class execution {
public:
    virtual ~execution() = default;

    // Looks at `rows` rows at most; nothing where there is more to look at. argument_invalid where
    // there are too many groups. Throws store_fault.
    virtual std::optional<result<page>> read(std::size_t rows) = 0;
};

// Each selected row is a row of the answer. One row is looked at beyond the page, so that the last
// page knows that it is the last.
std::unique_ptr<execution> list_rows(plan p);

// Looks at all rows for each page: groups, or without GROUP BY one row, of aggregates.
std::unique_ptr<execution> aggregate_rows(plan p);

} // namespace iothub::core::query
