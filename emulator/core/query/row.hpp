#pragma once
// What a query looks at: one twin or one job of a device, by paths.

#include <optional>

#include "common/json_fwd.hpp"
#include "emulator/core/query/expression.hpp"

namespace iothub::core::query {

class row {
public:
    virtual ~row() = default;

    // The value at that path, nothing where there is none (undefined). The names of the system's
    // own members match in any case, those of users' exactly.
    virtual std::optional<json> find(const path& where) const = 0;
};

} // namespace iothub::core::query
