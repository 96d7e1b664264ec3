#pragma once
// The seam for time: the core never looks at the wall clock and never sleeps. The application gives
// it the system's clock, a test one that it moves by hand.

#include "common/timestamp.hpp"

namespace iothub::core {

class clock {
public:
    virtual ~clock() = default;

    virtual timestamp now() const = 0;
};

} // namespace iothub::core
