#pragma once
// The groups of a query with aggregates, in the order of keys that are made of the grouped values.
// Without GROUP BY there is one, with the key "". For execution.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/json_fwd.hpp"
#include "common/result.hpp"
#include "emulator/core/query/pages/accumulator.hpp"
#include "emulator/core/query/row.hpp"
#include "emulator/core/query/statement.hpp"

namespace iothub::core::query {

class row_groups {
public:
    // `what` outlives the groups.
    explicit row_groups(const statement& what);

    // argument_invalid where that makes too many groups (execution.hpp has the limits).
    result<> add(const row& one);

    struct answer {
        std::string key;
        json row; // what is undefined is left out
    };

    // At most `limit` groups whose keys come behind `after`; all, where it is nothing.
    std::vector<answer> list(const std::optional<std::string>& after, std::size_t limit) const;

private:
    // A value for each column: what the first row of the group has, or an aggregate.
    struct group {
        std::vector<std::optional<json>> values;
        std::vector<accumulator> aggregates;
    };

    result<> open(const std::string& key, const row& first);
    void count(group& into, const row& one);
    group make_group() const;
    json answer_row(const group& g) const;

    const statement& what_;
    std::map<std::string, group> groups_;
    std::size_t bytes_ = 0; // of values and of the texts that aggregates keep, about
};

} // namespace iothub::core::query
