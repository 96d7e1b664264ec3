#pragma once
// Finds the operation that a method and a path name, in a table (service API §1.3).

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/core/limits/operation.hpp"
#include "emulator/http/audience.hpp"

namespace iothub::http {

class call;

// Replies through the call, now or later.
using handler = void (*)(std::shared_ptr<call>);

struct route {
    std::string_view method;
    std::string_view pattern; // "/devices/{device}": literals match in any case
    audience who;
    handler run;
    core::operation cost = core::operation::none; // what it counts as where there are limits
};

// What the placeholders of a pattern stand for: {"device", "d"}.
using path_values = std::vector<std::pair<std::string_view, std::string>>;

// What was found: a route with the values of its placeholders; or, where the path is known but not
// for this method, the methods that are allowed ("GET, PUT"); or nothing.
struct route_match {
    const route* found = nullptr;
    path_values values;
    std::string allowed;
};

route_match find_route(std::span<const route> routes, std::string_view method,
                       const std::vector<std::string>& path);

} // namespace iothub::http
