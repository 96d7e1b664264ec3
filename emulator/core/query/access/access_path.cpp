#include "emulator/core/query/access/access_path.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "emulator/core/query/access/indexed_candidates.hpp"
#include "emulator/core/query/indexes/indexed_path.hpp"

namespace iothub::core::query {

namespace {

// More values than these are not looked up one by one.
constexpr std::size_t max_indexed_values = 32;

// Up to so many keys tell one index from another.
constexpr std::size_t probe = 200;

// The texts that a member must be one of; nothing where the condition does not say.
std::optional<std::vector<std::string>> texts_of(const std::vector<restriction>& all,
                                                 std::string_view member) {
    const auto found = std::ranges::find_if(all, [&](const restriction& r) {
        return r.how == restriction::kind::is_one_of && r.is_about(member);
    });
    if (found == all.end()) {
        return std::nullopt;
    }
    std::vector<std::string> texts;
    for (const json& value : found->values) {
        if (value.is_string()) {
            texts.push_back(value);
        }
    }
    return texts;
}

std::unique_ptr<candidates> by_ids(core::store& store, bool modules,
                                   const std::vector<restriction>& all) {
    const auto devices = texts_of(all, "deviceId");
    const auto module_ids = texts_of(all, "moduleId");
    if (!devices) {
        return nullptr;
    }
    if (modules && (!module_ids || module_ids->size() > 1)) {
        return candidates_of_devices(store, *devices);
    }
    std::vector<identity_key> keys;
    for (const std::string& device : *devices) {
        keys.push_back({device, modules && !module_ids->empty() ? module_ids->front() : ""});
    }
    return named_candidates(store, std::move(keys));
}

std::optional<index_lookup> lookup_of(bool modules, const restriction& r) {
    const auto name = index_name(modules, r.path);
    if (!name || r.how != restriction::kind::is_one_of) {
        return std::nullopt;
    }
    std::set<std::string> values;
    for (const json& value : r.values) {
        values.insert(encoded_value(value).value());
    }
    if (values.size() > max_indexed_values) {
        return std::nullopt;
    }
    return index_lookup{*name, {values.begin(), values.end()}};
}

// Of several indexes, the one that finds the fewest.
std::unique_ptr<candidates> by_values(searched in, bool modules,
                                      const std::vector<restriction>& all) {
    std::optional<index_lookup> best;
    std::size_t fewest = probe + 1;
    for (const restriction& r : all) {
        auto lookup = lookup_of(modules, r);
        if (!lookup || !in.indexes.is_ready(lookup->index)) {
            continue;
        }
        in.indexes.used(lookup->index);
        if (const auto found = find_any(in.store, *lookup, {}, probe).size(); found < fewest) {
            fewest = found;
            best = std::move(lookup);
        }
    }
    return best ? indexed_candidates(in.store, in.indexes, *std::move(best)) : nullptr;
}

bool only_connected(const std::vector<restriction>& all) {
    return texts_of(all, "connectionState") == std::vector<std::string>{"Connected"};
}

std::string beginning_of_ids(const std::vector<restriction>& all) {
    const auto found = std::ranges::find_if(all, [](const restriction& r) {
        return r.how == restriction::kind::begins_with && r.is_about("deviceId");
    });
    return found == all.end() ? std::string() : found->values.front().get<std::string>();
}

} // namespace

std::unique_ptr<candidates> choose_candidates(searched in, bool modules,
                                              const std::vector<restriction>& restrictions) {
    if (auto found = by_ids(in.store, modules, restrictions)) {
        return found;
    }
    if (auto found = by_values(in, modules, restrictions)) {
        return found;
    }
    if (only_connected(restrictions)) {
        return connected_candidates(in.store, in.sessions, modules);
    }
    return all_candidates(in.store, modules, beginning_of_ids(restrictions));
}

std::vector<std::string> useful_indexes(bool modules,
                                        const std::vector<restriction>& restrictions) {
    std::vector<std::string> names;
    for (const restriction& r : restrictions) {
        if (auto lookup = lookup_of(modules, r)) {
            names.push_back(std::move(lookup->index));
        }
    }
    return names;
}

} // namespace iothub::core::query
