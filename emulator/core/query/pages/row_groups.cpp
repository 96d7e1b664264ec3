#include "emulator/core/query/pages/row_groups.hpp"

#include <utility>

#include "common/json_text.hpp"
#include "emulator/core/query/indexes/indexed_path.hpp"
#include "emulator/core/query/pages/continuation.hpp"
#include "emulator/core/query/pages/execution.hpp"

namespace iothub::core::query {

namespace {

constexpr std::size_t max_key_length = 120;

// 1 and 1.0 fall into one group, 1 and "1" do not; the missing values are a group as well.
std::string part_of_key(const json* value) {
    const std::string text = value == nullptr     ? "-"
                             : value->is_number() ? *encoded_value(*value)
                                                  : to_text(*value);
    return std::to_string(text.size()) + ':' + text;
}

// Keys go into continuations, so long ones are cut, and told apart by a digest.
std::string key_of(const statement& what, const row& one) {
    std::string key;
    for (const path& p : what.group_by) {
        key += part_of_key(one.find(p).get());
    }
    return key.size() <= max_key_length ? key : key.substr(0, max_key_length) + digest(key);
}

result<> too_many() {
    return error{errc::argument_invalid, "The query makes too many groups."};
}

} // namespace

row_groups::row_groups(const statement& what)
    : what_(what) {
    if (what.group_by.empty()) {
        groups_.emplace("", make_group());
    }
}

row_groups::group row_groups::make_group() const {
    group made;
    for (const column& c : what_.columns) {
        made.aggregates.emplace_back(c.aggregate.value_or(aggregate::count));
    }
    made.values.resize(what_.columns.size());
    return made;
}

result<> row_groups::open(const std::string& key, const row& first) {
    if (groups_.size() >= max_groups || groups_.size() * what_.columns.size() >= max_group_values) {
        return too_many();
    }
    group made = make_group();
    for (std::size_t i = 0; i < what_.columns.size(); ++i) {
        const column& c = what_.columns[i];
        if (!c.aggregate && c.path) {
            made.values[i] = first.find(*c.path).take();
            bytes_ += made.values[i] ? to_text(*made.values[i]).size() : 0;
        }
    }
    groups_.emplace(key, std::move(made));
    return {};
}

result<> row_groups::add(const row& one) {
    const std::string key = key_of(what_, one);
    if (!groups_.contains(key)) {
        if (const auto opened = open(key, one); !opened) {
            return opened;
        }
    }
    count(groups_.at(key), one);
    return bytes_ > max_group_bytes ? too_many() : result<>();
}

void row_groups::count(group& into, const row& one) {
    static const json counted = true;
    for (std::size_t i = 0; i < what_.columns.size(); ++i) {
        const column& c = what_.columns[i];
        if (!c.aggregate) {
            continue;
        }
        accumulator& a = into.aggregates[i];
        bytes_ -= a.bytes();
        a.add(c.path ? one.find(*c.path).get() : &counted);
        bytes_ += a.bytes();
    }
}

json row_groups::answer_row(const group& g) const {
    json row = json::object();
    for (std::size_t i = 0; i < what_.columns.size(); ++i) {
        const column& c = what_.columns[i];
        if (auto value = c.aggregate ? g.aggregates[i].outcome() : g.values[i]) {
            row[c.name] = *std::move(value);
        }
    }
    return row;
}

std::vector<row_groups::answer> row_groups::list(const std::optional<std::string>& after,
                                                 std::size_t limit) const {
    std::vector<answer> listed;
    for (auto g = after ? groups_.upper_bound(*after) : groups_.begin();
         g != groups_.end() && listed.size() < limit; ++g) {
        listed.push_back({g->first, answer_row(g->second)});
    }
    return listed;
}

} // namespace iothub::core::query
