#pragma once
// One of every kind of writer, for a hub of its own. Used by data_folder and soak.

#include <functional>
#include <memory>
#include <vector>

#include "durability/workload.hpp"

namespace iothub::durability {

// They are checked in this order.
std::vector<std::unique_ptr<workload>>
make_workloads(hub_life life, const std::function<std::uint64_t()>& random_number);

} // namespace iothub::durability
