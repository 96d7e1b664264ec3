#pragma once
// The JSON type of the whole tree: members keep the order they were written in, as the real hub's
// documents do (.NET reads `authentication` in document order). Headers take this file, sources
// that look inside a document take common/json.hpp.

#include <nlohmann/json_fwd.hpp>

namespace iothub {

using json = nlohmann::ordered_json;

} // namespace iothub
