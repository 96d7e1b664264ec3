#pragma once
// How the authenticators say no: the peer learns nothing, the log learns the rule.

#include <string>
#include <utility>

#include "common/result.hpp"

namespace iothub::core {

inline error refused(std::string detail) {
    return {errc::unauthorized_access, "Unauthorized access", std::move(detail)};
}

} // namespace iothub::core
