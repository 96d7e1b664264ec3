#pragma once
// The error of a message whose bytes break AMQP 1.0's encoding (part 1 §1.6) or a section's rules
// (part 3 §3.2). Used by whatever reads messages.

#include <string>
#include <utility>

#include "common/result.hpp"

namespace iothub::amqp {

inline error malformed(std::string detail) {
    return {errc::argument_invalid, "The message is not a valid AMQP message.", std::move(detail)};
}

} // namespace iothub::amqp
