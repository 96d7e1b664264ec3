#include "emulator/core/query/indexes/index_usage.hpp"

#include <algorithm>

namespace iothub::core::query {

bool index_usage::use::wants_index() const {
    return in_vain >= enough_in_vain && scans >= enough_scans && in_vain / few >= selected;
}

// Where there are too many, what cost least is forgotten.
index_usage::use& index_usage::find_or_add(const std::string& index) {
    if (of_.size() >= max_paths && !of_.contains(index)) {
        of_.erase(std::ranges::min_element(of_, {},
                                           [](const auto& known) { return known.second.in_vain; }));
    }
    return of_[index];
}

void index_usage::count(const std::vector<std::string>& missing, const scan_cost& cost) {
    for (const std::string& index : missing) {
        use& u = find_or_add(index);
        u.in_vain += cost.in_vain;
        u.selected += cost.selected;
        u.scans += cost.first ? 1 : 0;
    }
}

std::optional<std::string> index_usage::wanted() const {
    const auto found =
        std::ranges::find_if(of_, [](const auto& known) { return known.second.wants_index(); });
    return found == of_.end() ? std::nullopt : std::optional(found->first);
}

} // namespace iothub::core::query
