#pragma once
// What has to be done when: one point in time for each id. For the services of the core that have
// to act without being called.

#include <map>
#include <optional>
#include <set>
#include <utility>

#include "common/timestamp.hpp"

namespace iothub::core {

template <class Id>
class deadlines {
public:
    // In place of the one that the id had.
    void set(const Id& id, timestamp when) {
        erase(id);
        of_id_.emplace(id, when);
        in_order_.emplace(when, id);
    }

    void erase(const Id& id) {
        if (const auto known = of_id_.find(id); known != of_id_.end()) {
            in_order_.erase({known->second, id});
            of_id_.erase(known);
        }
    }

    std::optional<timestamp> next() const {
        return in_order_.empty() ? std::nullopt : std::optional(in_order_.begin()->first);
    }

    // The id whose deadline passed first, up to and with `now`.
    std::optional<Id> due(timestamp now) const {
        const auto first = in_order_.begin();
        return first == in_order_.end() || first->first > now ? std::nullopt
                                                              : std::optional(first->second);
    }

private:
    std::map<Id, timestamp> of_id_;
    std::set<std::pair<timestamp, Id>> in_order_;
};

} // namespace iothub::core
