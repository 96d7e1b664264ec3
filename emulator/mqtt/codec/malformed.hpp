#pragma once
// The error of everything that is not MQTT 3.1.1: its reason goes to the log, the peer only sees
// its connection close (§4.8).

#include <string>
#include <utility>

#include "common/result.hpp"

namespace iothub::mqtt {

inline error malformed(std::string reason) {
    return {errc::format_error, "Malformed packet", std::move(reason)};
}

} // namespace iothub::mqtt
