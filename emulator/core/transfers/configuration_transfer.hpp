#pragma once
// How configurations go along with the devices of an export or import (service API §1.5,
// includeConfigurations): two functions that the hub wires to whoever keeps configurations.

#include <functional>
#include <vector>

#include "common/json_fwd.hpp"
#include "common/result.hpp"

namespace iothub::core {

struct configuration_transfer {
    std::function<std::vector<json>()> list;          // each is a line of the exported file
    std::function<result<>(const json& line)> import; // as list() writes them

    explicit operator bool() const { return list && import; }
};

} // namespace iothub::core
