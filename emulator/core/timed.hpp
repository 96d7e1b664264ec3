#pragma once
// What has to act without being called: time-outs, and long work in slices. The hub asks everyone
// for the next deadline and lets time pass for all of them.

#include <optional>

#include "common/timestamp.hpp"

namespace iothub::core {

class timed {
public:
    // When advance() has something to do next; `never`, which is long ago, for at once.
    virtual std::optional<timestamp> next_deadline() const = 0;

    // Does what is due, for some milliseconds at most: what is left is due at once again. May throw
    // store_fault.
    virtual void advance(timestamp now) = 0;

protected:
    ~timed() = default;
};

} // namespace iothub::core
