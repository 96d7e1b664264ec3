#pragma once
// What a query looks at: one twin or one job of a device, by paths.

#include "emulator/core/query/expression.hpp"
#include "emulator/core/query/values/value.hpp"

namespace iothub::core::query {

class row {
public:
    virtual ~row() = default;

    // The value at that path, undefined where there is none; it may be a part of the row, and lasts
    // no longer. The names of the system's own members match in any case, those of users' exactly.
    virtual value find(const path& where) const = 0;
};

} // namespace iothub::core::query
