#pragma once
// A row as SELECT * answers it: with the whole of what it shows.

#include "emulator/core/query/row.hpp"

namespace iothub::core::query {

class result_row : public row {
public:
    virtual json document() const = 0;
};

} // namespace iothub::core::query
