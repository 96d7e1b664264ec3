#include "emulator/core/messaging/partition_readers.hpp"

#include <algorithm>

#include "common/letter_case.hpp"

namespace iothub::core {

namespace {

std::string quoted(const std::string& name) {
    return "'" + (name.empty() ? "nil" : name) + "'";
}

error kept_out(const partition_readers::arrival& one, const partition_readers::arrival& owner) {
    const std::string level = std::to_string(*owner.level);
    if (!one.level) {
        return {errc::precondition_failed,
                "At least one receiver for the endpoint is created with epoch of '" + level +
                    "', and so non-epoch receiver is not allowed. Either reconnect with a higher "
                    "epoch, or make sure all epoch receivers are closed or disconnected."};
    }
    return {errc::precondition_failed,
            "Receiver " + quoted(owner.name) + " with a higher epoch '" + level +
                "' already exists. Receiver " + quoted(one.name) + " with epoch " +
                std::to_string(*one.level) +
                " cannot be created. Make sure you are creating receiver with increasing epoch "
                "value to ensure connectivity, or ensure all old epoch receivers are closed or "
                "disconnected."};
}

error too_many(const std::vector<partition_readers::arrival>& there) {
    std::string names;
    for (const auto& one : there) {
        names.append(names.empty() ? "" : ", ").append(quoted(one.name));
    }
    return {errc::quota_exceeded, "Exceeded the maximum number of allowed receivers per partition "
                                  "in a consumer group which is " +
                                      std::to_string(partition_readers::max_without_level) +
                                      ". List of connected receivers - " + names + "."};
}

std::string displacement(const partition_readers::arrival& newer,
                         const partition_readers::arrival& older) {
    return "New receiver " + quoted(newer.name) + " with higher epoch of '" +
           std::to_string(*newer.level) + "' is created hence current receiver " +
           quoted(older.name) +
           (older.level ? " with epoch '" + std::to_string(*older.level) + "'" : " without epoch") +
           " is getting disconnected. If you are recreating the receiver, make sure a higher epoch "
           "is used.";
}

} // namespace

result<> partition_readers::enter(const place& where, arrival one) {
    std::vector<arrival>& there = there_[{lower_case(where.consumer_group), where.partition}];
    const auto owner =
        std::ranges::find_if(there, [](const arrival& other) { return other.level.has_value(); });
    if (owner != there.end() && (!one.level || *one.level < *owner->level)) {
        return kept_out(one, *owner);
    }
    if (!one.level && there.size() >= max_without_level) {
        return too_many(there);
    }
    std::vector<arrival> leaving;
    if (one.level) {
        leaving.swap(there);
    }
    there.push_back(one);
    for (const arrival& other : leaving) {
        other.who->displaced(displacement(one, other));
    }
    return {};
}

void partition_readers::leave(const place& where, const reader& who) {
    const auto found = there_.find({lower_case(where.consumer_group), where.partition});
    if (found == there_.end()) {
        return;
    }
    std::erase_if(found->second, [&](const arrival& one) { return one.who == &who; });
    if (found->second.empty()) {
        there_.erase(found);
    }
}

} // namespace iothub::core
