#pragma once
// The hub's counters in the text format of Prometheus (version 0.0.4).

#include <string>

#include "emulator/core/counters.hpp"
#include "emulator/core/store.hpp"

namespace iothub::management {

struct present_state {
    core::identity_counts identities;
    std::size_t open_sessions = 0; // devices and modules that are connected
};

std::string metrics_text(const core::counters& counters, const present_state& now);

} // namespace iothub::management
