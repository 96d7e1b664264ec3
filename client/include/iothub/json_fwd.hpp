#pragma once
// The JSON type of the library: nlohmann's, with members kept in the order they were written in.
// A function of yours that takes a `const nlohmann::json&` fits a callback of this library too: the
// two types convert into one another. Include <nlohmann/json.hpp> where you look inside.

#include <nlohmann/json_fwd.hpp>

namespace iothub {

using json = nlohmann::ordered_json;

} // namespace iothub
