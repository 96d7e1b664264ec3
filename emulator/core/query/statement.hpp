#pragma once
// A query, or the condition of a job or a configuration (service API §6.1), read and checked.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"
#include "emulator/core/query/expression.hpp"

namespace iothub::core::query {

enum class collection { devices, modules, jobs }; // devices, devices.modules, devices.jobs

enum class aggregate { count, average, sum, minimum, maximum };

// One column of a projection: a path, or an aggregate over a path (count may do without).
struct column {
    std::optional<query::aggregate> aggregate;
    std::optional<query::path> path;
    std::string name; // as its member is called in the answer
};

struct statement {
    std::optional<std::uint64_t> top;
    std::vector<column> columns; // empty: SELECT *
    collection from = collection::devices;
    expression_ptr where; // null: all
    std::vector<path> group_by;
    std::size_t terms = 0; // about what a row costs `where`, in nodes

    bool has_aggregate() const;
};

// What a job or a configuration is about: `*`, an expression, or `FROM devices.modules WHERE …`.
struct condition {
    collection from = collection::devices; // never jobs
    expression_ptr where;                  // null: all
    std::size_t terms = 0;                 // as in statement
};

inline constexpr std::size_t max_query_length = 65'536; // bytes
inline constexpr std::size_t max_query_columns = 128;   // and grouped paths
inline constexpr std::uint64_t max_query_top = 2'147'483'647;

// Of UTF-8, as all JSON text is. argument_invalid; the message is one line of printable ASCII
// without semicolons and says what is wrong and where ("… at character 23, near 'FORM'"). Both are
// bounded in length, depth and number of nodes (syntax/expression_parser.hpp). Paths come without
// their leading `devices.`, `devices.modules.` or `devices.jobs.`.
result<statement> parse_statement(std::string_view text);
result<condition> parse_condition(std::string_view text);

} // namespace iothub::core::query
