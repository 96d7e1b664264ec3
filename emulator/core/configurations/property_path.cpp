#include "emulator/core/configurations/property_path.hpp"

#include <algorithm>

#include "common/json.hpp"
#include "common/json_merge_patch.hpp"

namespace iothub::core {

namespace {

constexpr std::string_view root = "properties.desired";

json without_nulls(const json& value) {
    if (!value.is_object()) {
        return value;
    }
    json kept = json::object();
    merge_patch(kept, value);
    return kept;
}

} // namespace

std::optional<property_path> parse_property_path(std::string_view key) {
    if (!key.starts_with(root)) {
        return std::nullopt;
    }
    key.remove_prefix(root.size());
    property_path path;
    while (!key.empty()) {
        const std::size_t end = std::min(key.find('.', 1), key.size());
        if (key.front() != '.' || end == 1) {
            return std::nullopt;
        }
        path.emplace_back(key.substr(1, end - 1));
        key.remove_prefix(end);
    }
    return path;
}

bool covers(const property_path& whole, const property_path& part) {
    return whole.size() <= part.size() && std::equal(whole.begin(), whole.end(), part.begin());
}

void put_at(json& values, const property_path& where, const json& value) {
    if (value.is_null()) {
        erase_at(values, where);
        return;
    }
    json* place = &values;
    for (const std::string& name : where) {
        if (!place->is_object()) {
            *place = json::object();
        }
        place = &(*place)[name];
    }
    *place = without_nulls(value);
}

void erase_at(json& values, const property_path& where) {
    if (where.empty()) {
        values = json::object();
        return;
    }
    json* place = &values;
    for (auto name = where.begin(); name != where.end() - 1; ++name) {
        const auto found = place->find(*name);
        if (found == place->end() || !found->is_object()) {
            return;
        }
        place = &*found;
    }
    place->erase(where.back());
}

json difference(const json& from, const json& to) {
    json patch = json::object();
    for (const auto& [name, value] : from.items()) {
        if (!to.contains(name)) {
            patch[name] = nullptr;
        }
    }
    for (const auto& [name, value] : to.items()) {
        const auto current = from.find(name);
        if (current == from.end() || !(current->is_object() && value.is_object())) {
            if (current == from.end() || *current != value) {
                patch[name] = value;
            }
        } else if (json inner = difference(*current, value); !inner.empty()) {
            patch[name] = std::move(inner);
        }
    }
    return patch;
}

} // namespace iothub::core
