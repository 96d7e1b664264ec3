#pragma once
// What the management port shows of the hub and of the program around it. Filled in by app; every
// function is called on the loop's thread, once a request.

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "emulator/core/store.hpp"

namespace iothub::core {
class hub;
}

namespace iothub::management {

struct connection_strings {
    std::vector<std::pair<std::string, std::string>> service; // policy and its connection string
    std::string event_hubs;
    std::string ca_file;
};

// Nothing when all is well, else the reason.
using condition = std::function<std::optional<std::string>()>;

struct surroundings {
    core::hub& hub;                      // outlives every session
    std::vector<std::string> host_names; // names and addresses the hub is reached by
    condition unhealthy;
    condition unready;
    std::function<std::string()> ca_certificate; // PEM
    std::function<connection_strings()> strings;
    std::function<std::string(const core::identity&)> identity_string; // its connection string
    std::function<core::identity_counts()> count_identities;
};

} // namespace iothub::management
