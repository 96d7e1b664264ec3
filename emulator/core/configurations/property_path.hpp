#pragma once
// Desired properties by their paths, as configurations name them (service API §1.5):
// "properties.desired.a.b" is {"a","b"}, "properties.desired" the root.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/json_fwd.hpp"

namespace iothub::core {

using property_path = std::vector<std::string>;

// Nothing where the key names no desired property.
std::optional<property_path> parse_property_path(std::string_view key);

// `whole` is the place of `part`, or lies above it.
bool covers(const property_path& whole, const property_path& part);

// Replaces what is there; null removes it, and nulls inside of the value are left out. Ancestors
// that are missing, or are no objects, become objects.
void put_at(json& values, const property_path& where, const json& value);

// Ancestors stay, empty if need be.
void erase_at(json& values, const property_path& where);

// The merge patch that makes `to` of `from`; an empty object where they are alike.
json difference(const json& from, const json& to);

} // namespace iothub::core
