#pragma once
// What an index of values is about: one path of tags or properties, of devices or of modules. Its
// name says it all ("devices tags.location.region"), and is its name in the store.

#include <optional>
#include <string>
#include <string_view>

#include "common/json_fwd.hpp"
#include "emulator/core/query/expression.hpp"

namespace iothub::core {
struct twin;
}

namespace iothub::core::query {

// Nothing where no index is made for the path: only for what users may name themselves.
std::optional<std::string> index_name(bool modules, const path& of);

bool is_index_of_modules(std::string_view index);

// What the index says of a twin; nothing where there is no string, number or boolean at its path.
std::optional<std::string> indexed_value(std::string_view index, const twin& of);

// As it stands in an index: 1 and 1.0 are the same, 1 and "1" are not. Long strings with one
// beginning have one value: what is found is still to be compared.
std::optional<std::string> encoded_value(const json& value);

} // namespace iothub::core::query
