#pragma once
// Goes through the devices or modules that a condition selects, a slice at a time, in the order of
// their keys: a scan can stop anywhere and go on behind the last key, whatever has come and gone
// meanwhile. For queries, jobs and configurations; query_service makes them.

#include <cstddef>
#include <functional>
#include <memory>

#include "common/identity_key.hpp"

namespace iothub::core::query {

class twin_row;

class scan {
public:
    // Called with each identity that is selected; false to stop behind it.
    using taker = std::function<bool(const twin_row&)>;

    virtual ~scan() = default;

    // Looks at `rows` identities at most, selected or not. False where there are none left.
    // Throws store_fault.
    virtual bool read(std::size_t rows, const taker& take) = 0;

    // The identity that was looked at last.
    virtual const identity_key& position() const = 0;
};

} // namespace iothub::core::query
