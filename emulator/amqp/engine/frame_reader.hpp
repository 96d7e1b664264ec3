#pragma once
// Cuts a stream of AMQP into its protocol headers and frames (OASIS AMQP 1.0, part 2 §2.2, §2.3).
// Used by engine.

#include <cstddef>
#include <string>
#include <string_view>

#include "common/result.hpp"

namespace iothub::amqp {

class frame_reader {
public:
    explicit frame_reader(std::size_t limit)
        : limit_(limit) {}

    // Frames may be so large from now on.
    void set_limit(std::size_t limit) { limit_ = limit; }

    // The next header or frame, whole, taken from `bytes`; empty where there is none yet: the rest
    // is kept. Valid until the next call. An error where a frame's size cannot be.
    result<std::string_view> next(std::string_view& bytes);

private:
    result<std::size_t> size_of_unit(std::string_view start) const;

    std::size_t limit_;
    std::string kept_;   // the beginning of a unit
    bool given_ = false; // it was returned whole
    bool first_ = true;
};

} // namespace iothub::amqp
