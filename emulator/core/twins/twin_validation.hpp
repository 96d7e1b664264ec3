#pragma once
// What tags, desired and reported properties may hold (service API §3.5; row T06). Every violation
// is argument_invalid with the rule and the place.

#include <cstddef>
#include <string_view>

#include "common/json_fwd.hpp"
#include "common/result.hpp"

namespace iothub::core {

inline constexpr std::size_t max_tags_size = 8 * 1024;
inline constexpr std::size_t max_properties_size = 32 * 1024;

// A patch or a whole section, named in the message ("tags", "properties.desired" …). Null means
// "remove" and may not stand inside an array.
result<> validate_section(std::string_view name, const json& section);

// The sum over all members of the key's length and the value's: a string's length without control
// characters, 8 for a number, 4 for a bool, the sum for objects and arrays. A member that is null,
// as in a patch, counts nothing: what a patch leaves is never smaller than it.
std::size_t section_size(const json& section);

// A section may not grow beyond `limit`; one that is already larger may shrink.
result<> check_size(std::string_view name, const json& before, const json& after,
                    std::size_t limit);

// check_size() of what merging `patch` into `before` would leave.
result<> check_merged_size(std::string_view name, const json& before, const json& patch,
                           std::size_t limit);

} // namespace iothub::core
